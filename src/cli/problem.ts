/** Invalid command line input; the message is one sentence for a person. */
export class Problem extends Error {
  override readonly name = 'Problem';
}
