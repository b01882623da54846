import type { Report } from '../model.ts';

/** Something that is missing, and the controls that it would help to decide. */
export interface Unread {
  readonly what: string;
  /** Titles of the first few controls. */
  readonly titles: readonly string[];
  /** Number of further controls. */
  readonly more: number;
  readonly n: number;
}

const MAX_TITLES = 3;

/**
 * What could not be checked, grouped by what is missing. Each control is listed once, under the source that decides
 * the most controls. Controls that no file decides are listed under a person's statement.
 */
export function unreadOf(report: Report): Unread[] {
  const unread = report.controls.filter(({ state }) => state === 'cannot_read');
  const titles = new Map(unread.map(({ id, title }) => [id, title]));
  const open = new Set(titles.keys());
  const groups: Unread[] = [];
  const add = (what: string, ids: readonly string[]) => {
    if (ids.length === 0) return;
    for (const id of ids) open.delete(id);
    groups.push({
      what,
      titles: ids.slice(0, MAX_TITLES).map((id) => titles.get(id) ?? id),
      more: Math.max(0, ids.length - MAX_TITLES),
      n: ids.length,
    });
  };
  for (const { what, controls } of report.notRead)
    add(
      what,
      controls.filter((id) => open.has(id)),
    );
  add('An answer or a statement from someone who knows', [...open]);
  return groups;
}
