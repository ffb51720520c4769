/// The shells that complete our command lines.
public enum Shell: String, CaseIterable, Sendable {
  case bash
  case zsh
  case fish

  /// The script that makes this shell ask `command` what may come next.
  public func script(for command: String) -> String {
    let template =
      switch self {
      case .bash: Shell.bashTemplate
      case .zsh: Shell.zshTemplate
      case .fish: Shell.fishTemplate
      }
    return template.split(separator: "COMMAND", omittingEmptySubsequences: false)
      .joined(separator: command)
  }

  // bash cuts words at `=`; they are joined again before the program sees them, and the part
  // before the cut is taken off the answers.
  private static let bashTemplate = #"""
    # bash completion for COMMAND
    _COMMAND_complete() {
      local word current cut= n=0 words=() lines=()
      for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if ((n)) && [[ $word == = || ${words[n-1]} == --*= ]]; then
          words[n-1]+=$word
        else
          words[n++]=$word
        fi
      done
      current=${words[n-1]-}
      [[ ${COMP_WORDS[COMP_CWORD]} == "$current" ]] || cut="${current%%=*}="
      mapfile -t lines < <("${COMP_WORDS[0]/#\~/$HOME}" --complete "${words[@]}" 2>/dev/null)
      COMPREPLY=()
      if [[ ${lines[0]-} == files ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "${current#"$cut"}")
      else
        for word in "${lines[@]:1}"; do
          word=${word%%$'\t'*}
          COMPREPLY+=("${word#"$cut"}")
        done
      fi
    }
    complete -F _COMMAND_complete COMMAND

    """#

  // Serves both as a file of $fpath, whose body is the function, and as a script to source.
  private static let zshTemplate = #"""
    #compdef COMMAND
    _COMMAND() {
      local line
      local -a lines candidates
      lines=("${(@f)$("${(Q)words[1]}" --complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
      if [[ $lines[1] == files ]]; then
        compset -P '--*='
        _files
        return
      fi
      for line in "${(@)lines[2,-1]}"; do
        candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
      done
      _describe COMMAND candidates
    }
    if [[ $funcstack[1] == _COMMAND ]]; then
      _COMMAND "$@"
    else
      compdef _COMMAND COMMAND
    fi

    """#

  private static let fishTemplate = #"""
    # fish completion for COMMAND
    function __COMMAND_complete
      set -l words (commandline -opc)
      set -l current (commandline -ct)
      set -l program $words[1]
      set -e words[1]
      set -l lines ($program --complete $words "$current" 2>/dev/null)
      if test "$lines[1]" = files
        set -l cut (string match -r -- '^--[^=]*=' "$current")
        for file in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current"))
          echo "$cut$file"
        end
      else if set -q lines[2]
        printf '%s\n' $lines[2..-1]
      end
    end
    complete -c COMMAND -f -a '(__COMMAND_complete)'

    """#
}
