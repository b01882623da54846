import { daysTo } from '../../sandbox/alder/shift.ts';
import { associationFiles } from '../../sandbox/generate.ts';

const SANDBOX_DOMAIN = 'alder.example.org';

export interface ClientFiles {
  readonly name: string;
  readonly domain: string;
  /** Number of staff in the lists. */
  readonly people: number;
}

/**
 * The sandbox association's files with the given number of staff, current on `today`. Everyone is in the lists of
 * Claude, HR and Microsoft; one in fifty has left and kept a seat, and one in thirty has an account outside the
 * organization.
 */
export async function clientFiles(
  { name, domain, people }: ClientFiles,
  today: string,
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  for (const [path, content] of await associationFiles(daysTo(today)))
    files.set(path, typeof content === 'string' ? content.replaceAll(SANDBOX_DOMAIN, domain) : content);
  const text = (path: string) => String(files.get(path));
  const own = members(text('Claude/alder-members (1).csv'));
  const more = Array.from({ length: Math.max(0, people - own.length) }, (_, index) => ({
    name: `Given${index} Family${index % 97}x${index}`,
    mail: `given${index}.family@${domain}`,
  }));
  const month = today.slice(0, 7);
  files.set(
    'Claude/alder-members (1).csv',
    appended(
      text('Claude/alder-members (1).csv'),
      more.map((p, n) => `${p.name},${p.mail},User,Standard,Active,${month}-01 08:00,invite,more-${n}`),
    ),
  );
  files.set(
    'HR/policy form answers.csv',
    appended(
      text('HR/policy form answers.csv'),
      more.map(
        (p) => `"${p.name}",${p.mail},Claude policy v3,10/16/${today.slice(0, 4)},I have read and agree`,
      ),
    ),
  );
  files.delete('HR/Staff list.xlsx');
  files.set(
    'HR/staff list.csv',
    [
      'Employee ID,Full name,Work email,Employment status,Termination date',
      ...[...own, ...more].map(
        (p, n) => `E${n},${p.name},${p.mail},${n % 50 === 7 ? `Terminated,${month}-01` : 'Active,'}`,
      ),
    ].join('\n'),
  );
  files.set(
    'Claude/memberships.json',
    withMore(text('Claude/memberships.json'), 'memberships', (one) =>
      more.map((p, n) => ({ ...one, email_address: p.mail, name: p.name, in_organization: n % 30 !== 0 })),
    ),
  );
  files.set(
    'Microsoft/users.json',
    withMore(text('Microsoft/users.json'), 'value', (one) =>
      more.map((p, n) => ({
        ...one,
        id: `more-${n}`,
        displayName: p.name,
        userPrincipalName: p.mail,
        mail: p.mail,
        proxyAddresses: [`SMTP:${p.mail}`],
        accountEnabled: n % 50 !== 7,
        employeeId: `M-${n}`,
      })),
    ),
  );
  files.set('client.yaml', text('client.yaml').replace(/^name: .*$/m, `name: ${name}`));
  return files;
}

function members(csv: string): { name: string; mail: string }[] {
  return csv
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))
    .map(([name = '', mail = '']) => ({ name, mail }));
}

function appended(csv: string, lines: readonly string[]): string {
  return `${csv.trimEnd()}\n${lines.join('\n')}\n`;
}

/** Adds rows to a list in a JSON document, derived from the list's first row. */
function withMore(json: string, list: string, made: (first: object) => readonly object[]): string {
  const value: Record<string, unknown> = JSON.parse(json);
  const rows = value[list];
  const first: unknown = Array.isArray(rows) ? rows[0] : null;
  if (!Array.isArray(rows) || typeof first !== 'object' || first === null)
    throw new Error(`the sandbox association's file holds no list "${list}"`);
  return JSON.stringify({ ...value, [list]: [...rows, ...made(first)] });
}
