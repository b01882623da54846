/**
 * Replaces the part of a page between two marker comments.
 *
 * @param what name of the part: it is between `<!-- what: … -->` and `<!-- what: end -->`
 * @throws if the page has no such markers
 */
export function withPart(page: string, what: string, text: string): string {
  const begin = page.match(new RegExp(`<!-- ${what}: (?!end).*-->`, 'u'));
  const end = page.indexOf(`<!-- ${what}: end -->`);
  if (begin?.index === undefined || end < begin.index)
    throw new Error(
      `a page has no place for its ${what}: write <!-- ${what}: … --> and <!-- ${what}: end -->`,
    );
  return `${page.slice(0, begin.index + begin[0].length)}\n\n${text}\n\n${page.slice(end)}`;
}
