import type { Task } from '#domain/model/journey.ts';
import { names } from '#domain/text/words.ts';

export interface Copy {
  readonly label: string;
  readonly kind: Task['copies'][number]['kind'];
  readonly text: string;
  readonly fill: string | null;
}

export interface Own {
  readonly slug: string;
  readonly name: string;
  readonly domains: readonly string[];
  /** Address of the account owner in the charter; null if it names none. */
  readonly owner: string | null;
  /** TXT values that Claude shows, by domain; only those that someone entered. */
  readonly expected: ReadonlyMap<string, string>;
}

const NO_OWNER = 'The charter names no account owner; put the address in.';

/**
 * The texts to copy, filled in with the client's name, domains and owner. Records and commands come once per domain.
 */
export function copiesFor(task: Task, own: Own): Copy[] {
  return task.copies.flatMap((copy) => {
    const perDomain = copy.kind !== 'message' && `${copy.label}${copy.text}`.includes('{domain}');
    const domains = perDomain
      ? own.domains
      : [names([...own.domains], 20).replace(/ and (?=[^ ]+$)/, ' or ')];
    return domains.map((domain): Copy => {
      const value = copy.kind === 'dns' ? own.expected.get(domain) : undefined;
      const filled = (text: string) =>
        text
          .replaceAll('{domain}', () => domain)
          .replaceAll('{name}', () => own.name)
          .replaceAll('{owner}', () => own.owner ?? '[account owner]');
      const lacksOwner = own.owner === null && `${copy.label}${copy.text}`.includes('{owner}');
      const fill = [copy.fill === undefined ? '' : filled(copy.fill), lacksOwner ? NO_OWNER : '']
        .filter((part) => part !== '')
        .join(' ');
      return {
        label: filled(copy.label),
        kind: copy.kind,
        text: value ?? filled(copy.text),
        fill: value === undefined ? fill || null : null,
      };
    });
  });
}
// Guide: G2.1-06
