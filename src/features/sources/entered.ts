import { anyOf, names } from '#domain/text/words.ts';
import type { Credential } from '#sources/source.ts';
import type { HandlerContext } from '../context.ts';
import { labeledRefusal } from '../input-words.ts';
import { unprocessable } from '../problems.ts';
import { planOf, refusedByPlan } from './plan.ts';
import { type Vendor, vendors } from './vendor.ts';

/** A credential as entered: a key alone, whose format identifies its vendor, or the fields of a vendor. */
export interface Entered {
  readonly key?: string | undefined;
  readonly vendor?: string | undefined;
  readonly credential?: Credential | undefined;
}

export interface Recognized {
  readonly vendor: Vendor;
  readonly kind: string;
  readonly credential: Credential;
}

/** Identifies vendor and kind of a credential. Throws with the reason if it cannot be used here. */
export async function recognized(context: HandlerContext, entered: Entered): Promise<Recognized> {
  const { services, client } = context;
  const found = recognizedIn(vendors(services), entered);
  const { id, facts } = found.vendor;
  const known = facts.keys.find(({ kind }) => kind === found.kind);
  if (known !== undefined && !known.usable) throw unprocessable(`${known.name}: ${known.says}`);
  const plan = await context.read((tx) => planOf(tx, client.id));
  const refused = known === undefined ? null : refusedByPlan(facts, known, plan);
  if (refused !== null) throw unprocessable(refused);
  if (client.sandbox && services.config.vendorUrls?.[id] === undefined)
    throw unprocessable(
      `The sandbox association is invented, so no real ${facts.words.credential} belongs here. Connect a client instead.`,
    );
  return found;
}

function recognizedIn(all: readonly Vendor[], { key, vendor: named, credential }: Entered): Recognized {
  if (key === undefined && credential === undefined) throw unprocessable('Paste a key.');
  if (named !== undefined && !all.some(({ id }) => id === named))
    throw unprocessable(
      `There is no source “${named}”. There are ${names(
        all.map(({ id }) => id),
        all.length,
      )}.`,
    );
  let problem: string | null = null;
  for (const vendor of all) {
    if (named !== undefined && vendor.id !== named) continue;
    const entered = credential ?? keyAs(vendor, key ?? '');
    if (entered === null) continue;
    const parsed = vendor.live.credential.safeParse(entered);
    if (!parsed.success) {
      problem ??= problemIn(vendor, entered, parsed.error.issues[0]);
      continue;
    }
    const kind = vendor.live.kindOf(parsed.data as Credential);
    if (kind !== null) return { vendor, kind, credential: parsed.data as Credential };
  }
  throw unprocessable(problem ?? unknownKey(all));
}

/** A key as the only part of a vendor's credential; null: the vendor needs more parts. */
function keyAs({ live }: Vendor, key: string): Credential | null {
  // Fields that are chosen from a list have a default.
  const [name, ...more] = Object.entries(live.fields).flatMap(([field, { choices }]) =>
    choices === undefined ? [field] : [],
  );
  return name === undefined || more.length > 0 ? null : { [name]: key };
}

function problemIn(
  { live }: Vendor,
  entered: Credential,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): string {
  const name = String(issue?.path[0] ?? '');
  const field = live.fields[name];
  if (field === undefined) return issue?.message ?? 'It cannot be used.';
  if (entered[name] === undefined) return `${field.label}: it is missing.`;
  if (issue === undefined) return `${field.label}: it cannot be used.`;
  return /^[A-Z]/.test(issue.message) ? issue.message : labeledRefusal(field.label, issue.message);
}

function unknownKey(all: readonly Vendor[]): string {
  const known = all.flatMap(({ facts }) =>
    facts.keys.flatMap(({ name, prefix, usable }) =>
      usable && prefix !== undefined ? [`${name} (${prefix}…)`] : [],
    ),
  );
  return `Bylaw does not recognize this kind of key. It can read with ${anyOf(known)}.`;
}
