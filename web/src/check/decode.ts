/** What the reader of Outlook mails asks of `iconv-lite`, by what every browser has. */
export function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(
    encoding.replace(/^(?:cp|win)(\d+)$/iu, 'windows-$1').replace(/^utf16le$/iu, 'utf-16le'),
  ).decode(bytes);
}
