/** Replaces `iconv-lite` for the Outlook mail parser, using the browser's own decoder. */
export function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(
    encoding.replace(/^(?:cp|win)(\d+)$/iu, 'windows-$1').replace(/^utf16le$/iu, 'utf-16le'),
  ).decode(bytes);
}
