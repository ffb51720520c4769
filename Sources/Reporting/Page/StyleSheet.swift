/// How every report looks: calm, aligned, in colours that stay apart for colour-blind eyes, by day, by night and on paper.
enum StyleSheet {
  static let text = colours + layout + figures + narrow + paper

  /// The palette of Okabe and Ito, lightened for the dark.
  private static let colours = """

    :root{color-scheme:light dark;--page:#fcfcfb;--panel:#fff;--ink:#1b1f24;--soft:#5a636e;
    --rule:#e3e5e8;--zero:#9aa2ab;--below:#b3420a;--gain:#0072b2;--loss:#d55e00;
    --c0:#0072b2;--c1:#d55e00;--c2:#009e73;--c3:#b0518d;--c4:#8a6d00;--c5:#5a636e}
    @media (prefers-color-scheme:dark){:root{--page:#14171a;--panel:#1b1f23;--ink:#e6e9ec;
    --soft:#9aa4af;--rule:#2d333a;--zero:#66707b;--below:#ff9d5c;--gain:#56b4e9;--loss:#f0883e;
    --c0:#56b4e9;--c1:#f0883e;--c2:#3fc79a;--c3:#d98cb8;--c4:#e6c84a;--c5:#9aa4af}}

    """

  private static let layout = """
    *{box-sizing:border-box}
    body{margin:0;background:var(--page);color:var(--ink);
    font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;
    -webkit-text-size-adjust:100%}
    main{max-width:1040px;margin:0 auto;padding:40px 24px 64px}
    header{margin-bottom:28px}
    h1{font-size:28px;line-height:1.2;font-weight:650;letter-spacing:-.01em;margin:0;
    overflow-wrap:anywhere}
    h2{font-size:18px;line-height:1.3;font-weight:650;margin:44px 0 14px}
    p{margin:0 0 12px;max-width:72ch}
    .subtitle{color:var(--soft);margin:6px 0 0;max-width:none;overflow-wrap:anywhere}
    .note{color:var(--soft);font-size:13px;margin:8px 0 0}
    .below{color:var(--below)}
    .tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:1px;margin:0;
    background:var(--rule);border:1px solid var(--rule);border-radius:10px;overflow:hidden}
    .tiles div{background:var(--panel);padding:14px 16px 12px;min-width:0}
    .tiles dt{color:var(--soft);font-size:13px}
    .tiles dd{margin:2px 0 0;font-size:22px;line-height:1.3;font-weight:600;
    font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
    .tiles dd.note{font-size:12.5px;font-weight:400;margin-top:2px}
    .pairs{margin:0;border-top:1px solid var(--rule)}
    .pairs div{display:grid;grid-template-columns:minmax(9em,14em) 1fr;gap:16px;padding:6px 0;
    border-bottom:1px solid var(--rule)}
    .pairs dt{color:var(--soft)}
    .pairs dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
    .remarks{margin:0 0 12px;padding:14px 20px 14px 36px;background:var(--panel);
    border:1px solid var(--rule);border-left:4px solid var(--c4);border-radius:6px}
    .remarks li{margin:4px 0;max-width:96ch}

    """

  private static let figures = """
    .scroll{overflow-x:auto;margin:0 0 6px}
    .scroll+.scroll,.note+.scroll{margin-top:24px}
    table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
    caption{text-align:left;font-weight:600;padding:0 0 6px}
    th,td{padding:6px 14px 6px 0;text-align:left;white-space:nowrap;
    border-bottom:1px solid var(--rule)}
    th{color:var(--soft);font-weight:500;font-size:13px;border-bottom-color:var(--zero)}
    th:last-child,td:last-child{padding-right:2px}
    .number{text-align:right}.number+td:not(.number),.number+th:not(.number){padding-left:10px}
    .told th:nth-child(1){width:34%}.told th:nth-child(2){width:22%}
    .told td{white-space:normal}.told td:last-child{color:var(--soft)}.told .number{white-space:nowrap}
    tbody tr:hover{background:color-mix(in srgb,var(--c0) 7%,transparent)}
    figure{margin:0 0 22px}
    figcaption{display:flex;flex-wrap:wrap;gap:4px 18px;align-items:baseline;font-size:13px;
    color:var(--soft);margin-bottom:4px}
    figcaption .name{font-weight:600;font-size:14px;color:var(--ink)}
    .key::before{content:"";display:inline-block;width:18px;height:3px;border-radius:2px;
    margin-right:6px;vertical-align:middle;background:var(--c0)}
    .k1::before{background:var(--c1)}.k2::before{background:var(--c2)}
    .k3::before{background:var(--c3)}.k4::before{background:var(--c4)}
    .k5::before{background:var(--c5)}
    .chart{display:block;width:100%;height:auto;overflow:visible}
    .chart.narrow{display:none}
    .chart text{font-size:12px;fill:var(--soft);font-variant-numeric:tabular-nums}
    .grid{stroke:var(--rule);stroke-width:1}.tick,.zero{stroke:var(--zero);stroke-width:1}
    .line{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linejoin:round;
    stroke-linecap:round}
    .area{fill:currentColor;opacity:.13}
    .s0{color:var(--c0)}.s1{color:var(--c1)}.s2{color:var(--c2)}.s3{color:var(--c3)}
    .s4{color:var(--c4)}.s5{color:var(--c5)}
    .gain{fill:var(--gain)}.loss{fill:var(--loss)}
    .h1{opacity:.1}.h2{opacity:.2}.h3{opacity:.3}.h4{opacity:.4}.h5{opacity:.5}
    .h6{opacity:.6}.h7{opacity:.7}.h8{opacity:.8}.h9{opacity:.9}

    """

  private static let narrow = """
    @media (max-width:760px){.tiles{grid-template-columns:repeat(2,1fr)}}
    @media (max-width:560px){main{padding:24px 16px 48px}h1{font-size:23px}
    .tiles dd{font-size:19px}.tiles div{padding:12px}
    .pairs div{grid-template-columns:1fr;gap:0}
    .told,.told tbody,.told caption{display:block}.told thead{display:none}
    .told tr{display:grid;grid-template-columns:1fr auto;column-gap:12px;padding:6px 0;
    border-bottom:1px solid var(--rule)}.told td{border:0;padding:0}
    .told .number+td:not(.number){padding:0;grid-column:1/-1;font-size:12.5px}
    .chart.wide{display:none}.chart.narrow{display:block}}

    """

  private static let paper = """
    @page{size:A4;margin:14mm}
    @media print{:root{color-scheme:light;--page:#fff;--panel:#fff;--ink:#000;--soft:#444;
    --rule:#ddd;--zero:#888;--below:#9c3500;--gain:#0072b2;--loss:#d55e00;--c0:#0072b2;
    --c1:#d55e00;--c2:#009e73;--c3:#b0518d;--c4:#8a6d00;--c5:#5a636e}
    body{font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
    main{max-width:none;padding:0}
    .tiles{grid-template-columns:repeat(4,1fr)}.tiles dd{font-size:15pt}
    .scroll{overflow:visible}table{font-size:8.5pt}th{font-size:8pt}th,td{padding:3px 8px 3px 0}
    .chart.wide{display:block}.chart.narrow{display:none}.chart text{font-size:13.5px}
    h2{break-after:avoid;margin-top:28px}figure,tr,.tiles div,.pairs div,.remarks{break-inside:avoid}
    thead{display:table-header-group}}

    """
}
