/** Something given on the command line that cannot be used; the message is one sentence for a person. */
export class Problem extends Error {
  override readonly name = 'Problem';
}
