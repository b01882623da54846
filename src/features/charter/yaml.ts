import { charterSchema } from '#domain/model/charter.ts';
import { dayWords } from '#domain/text/words.ts';
import { charterYaml } from '#sources/exports/documents/charter-yaml.ts';
import { charterVersion, newestCharter } from '#store/charter/versions.ts';
import type { HandlerContext } from '../context.ts';
import { atLine, readForeign, refusing } from '../foreign/index.ts';
import { badRequest, notFound } from '../problems.ts';
import { asDownload, fileWord } from '../shared/download.ts';
import { announce, change, common, type Put } from './draft-change.ts';
import { putDraft } from './propose.ts';
import { readDraft, wholeCharter } from './read.ts';
import { todayOf } from './show.ts';
import { MAX_CHARTER_TEXT, SET_BY_BYLAW } from './value.ts';

/** A version or a draft as YAML. Equal charters give equal text. */
export async function downloadYaml(context: HandlerContext, of: string) {
  const { client, read } = context;
  const found = await read(async (tx) => {
    if (of === 'current' || /^[1-9]\d{0,8}$/.test(of)) {
      const one =
        of === 'current'
          ? await newestCharter(tx, client.id)
          : await charterVersion(tx, client.id, Number(of));
      if (one === null)
        throw notFound(
          of === 'current'
            ? `${client.name} has no charter yet.`
            : `${client.name} has no version ${of} of the charter.`,
        );
      const value = wholeCharter(one);
      const number = one.version;
      const since =
        value.inForceSince === undefined ? '' : `, in force since ${dayWords(value.inForceSince)}`;
      return { value, word: `v${number}`, heading: [`Charter of ${client.name}, version ${number}${since}`] };
    }
    const { row, value } = await readDraft(tx, client.id, of);
    return {
      value,
      word: 'draft',
      heading: [
        `Draft of the charter of ${client.name}: ${row.title}`,
        `As of ${dayWords(todayOf(context))}, ${row.state}. Not in force.`,
      ],
    };
  });
  return asDownload({
    name: `charter-${fileWord(client.name)}-${found.word}.yaml`,
    type: 'application/yaml; charset=utf-8',
    bytes: Buffer.from(charterYaml(found.value, found.heading), 'utf8'),
  });
}

/** Creates a draft from a YAML text, or replaces the content of an open one. */
export async function readYamlDraft(
  context: HandlerContext,
  input: {
    readonly text: string;
    readonly title: string;
    readonly reason: string;
    readonly draft?: string | undefined;
    readonly version?: number | undefined;
  },
): Promise<Put> {
  const value = await charterFrom(input.text);
  const stated = SET_BY_BYLAW.filter((key) => value[key] !== undefined);
  const notes =
    stated.length === 0
      ? []
      : [`Left out: ${stated.join(', ')}. Bylaw sets them when the draft is approved.`];
  if (input.draft !== undefined) {
    const chosen = { draft: input.draft, version: input.version ?? 0 };
    const version = await change(context, chosen, async ({ row }) => ({
      value,
      title: row.title,
      reason: input.reason,
    }));
    return { draft: input.draft, version, notes };
  }
  const put = await context.change((tx, recorder) =>
    putDraft(tx, recorder, {
      ...common(context),
      value,
      title: input.title,
      reason: input.reason,
      origin: 'yaml',
    }),
  );
  announce(context, put.id);
  return { draft: put.id, version: put.version, notes };
}

async function charterFrom(text: string) {
  if (Buffer.byteLength(text, 'utf8') > MAX_CHARTER_TEXT)
    throw badRequest(
      'The text is larger than 256 kB. A charter has a few kilobytes; check whether it is the right file.',
    );
  const value = await refusing(readForeign('charter', { text }), { refuse: atLine });
  // Validated again here, because the thread returns plain JSON.
  return charterSchema.parse(value);
}
