internal import CYAML

/// A place in the text as libyaml counts it: from 0, in characters.
struct YamlMark {
  let index: Int
  let line: Int
  let column: Int

  init(_ mark: yaml_mark_t) {
    index = Int(mark.index)
    line = Int(mark.line)
    column = Int(mark.column)
  }
}

/// One step of libyaml through a file, copied out of C memory.
struct YamlEvent {
  enum Kind {
    case streamStart, streamEnd
    case documentStart(explicit: Bool, directives: Bool)
    case documentEnd(explicit: Bool)
    case alias(String)
    case scalar(String, style: yaml_scalar_style_t)
    case sequenceStart(flow: Bool), sequenceEnd
    case mappingStart(flow: Bool), mappingEnd
  }

  let kind: Kind
  let start: YamlMark
  let end: YamlMark
  var anchor: String?
  var tag: String?
}

/// Owns a libyaml parser and the bytes it reads; the pair dies together, once.
struct YamlEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  init(_ text: ArraySlice<UInt8>) {
    bytes = .allocate(capacity: text.count)
    _ = bytes.initialize(fromContentsOf: text)
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    precondition(yaml_parser_initialize(parser) == 1, "libyaml is out of memory")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    bytes.deallocate()
  }

  /// The next event, or the syntax fault after which there is none.
  mutating func next() -> Result<YamlEvent, YamlSyntax> {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else {
      return .failure(YamlSyntax(parser.pointee))
    }
    defer { yaml_event_delete(&event) }
    return .success(YamlEvent(event))
  }
}

extension YamlEvent {
  fileprivate init(_ event: yaml_event_t) {
    start = YamlMark(event.start_mark)
    end = YamlMark(event.end_mark)
    switch event.type {
    case YAML_STREAM_START_EVENT: kind = .streamStart
    case YAML_DOCUMENT_START_EVENT:
      let document = event.data.document_start
      let tags = document.tag_directives.start != document.tag_directives.end
      kind = .documentStart(
        explicit: document.implicit == 0, directives: tags || document.version_directive != nil)
    case YAML_DOCUMENT_END_EVENT:
      kind = .documentEnd(explicit: event.data.document_end.implicit == 0)
    case YAML_ALIAS_EVENT:
      kind = .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      kind = .scalar(String(decoding: value, as: UTF8.self), style: scalar.style)
      (anchor, tag) = (text(scalar.anchor), text(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      kind = .sequenceStart(flow: sequence.style == YAML_FLOW_SEQUENCE_STYLE)
      (anchor, tag) = (text(sequence.anchor), text(sequence.tag))
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      kind = .mappingStart(flow: mapping.style == YAML_FLOW_MAPPING_STYLE)
      (anchor, tag) = (text(mapping.anchor), text(mapping.tag))
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: kind = .streamEnd
    }
  }
}

private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
  pointer.map { String(cString: $0) }
}
