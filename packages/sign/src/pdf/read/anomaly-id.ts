/** Every id that the reader gives to a `PdfAnomaly`. */
export type AnomalyId =
  /** White space or comments stand where an offset says that an object or section starts. */
  | 'xref-offset-wrong'
  /** An entry of a table has not 20 bytes. @source ISO 32000-2 7.5.4 */
  | 'xref-entry-size'
  /** An entry in use has offset 0; it is read as free. */
  | 'xref-entry-zero'
  /** One save has two different entries for an object. The later one counts. */
  | 'duplicate-xref-entry'
  /** An entry's number is not below /Size. */
  | 'entry-beyond-size'
  /** A hybrid's table and stream disagree; the table counts. */
  | 'hybrid-conflict'
  /** A cross-reference stream has more bytes than entries. */
  | 'xref-stream-long'
  /** /Prev is 0, read as absent. */
  | 'prev-zero'
  /** A later trailer lacks /Root, /Encrypt, /ID or /Size; the older one's is used. */
  | 'trailer-incomplete'
  /** `startxref` of a save names another section than the chain. */
  | 'startxref-mismatch'
  /** The last `startxref` of the file is not the one behind its section: something was appended and hidden. */
  | 'startxref-repeated'
  /** Bytes between a section and its `startxref`. */
  | 'bytes-before-startxref'
  /** No `%%EOF` behind `startxref`. */
  | 'eof-missing'
  /** A few blanks behind the last `%%EOF`. */
  | 'space-after-eof'
  /** Other bytes behind the last `%%EOF`. */
  | 'bytes-after-eof'
  /** Bytes before `%PDF-`. */
  | 'bytes-before-header'
  /** A new entry leads into the bytes of another save. */
  | 'object-outside-revision'
  /** A reference names another generation than the entry; it is null. */
  | 'generation-mismatch'
  /** A dictionary has a key twice; the last one counts. */
  | 'duplicate-key'
  /** `#` in a name without two hexadecimal digits, or `#00`. */
  | 'name-escape'
  /** No `endobj`. */
  | 'endobj-missing'
  /** No LF behind the word `stream`. */
  | 'stream-keyword-eol'
  /** More white space than a line end between the data and `endstream`. */
  | 'stream-length-wrong'
  /** The checksum of Flate data is missing or wrong. */
  | 'flate-checksum'
  /** An object stream lists a number twice; the entry's index decides. */
  | 'duplicate-object'
  /** The index of an entry does not lead to its object; it is looked for by number. */
  | 'object-stream-index-wrong';
