import dlpRules from 'virtual:dlp-rules';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ownRules } from '../../../../src/domain/dlp/own-patterns.ts';
import { type ExportRules, exportRules } from '../../../../src/domain/dlp/prepare/cells.ts';
import { scan } from '../../../../src/domain/dlp/scan.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { PrepareExport } from '../../mask/prepare-export.tsx';
import type { Made } from '../../mask/result.tsx';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';

type Preparing = Awaited<ReturnType<typeof calls.dlp.prepare.show>>;

/** Passwords and keys of one file that are written down; a file of them has more. */
const MAX_SECRETS = 20;

/** Prepares an export by the client's policy, and writes down who did. The file stays in the browser. */
export function PreparePage() {
  const { slug } = useClientHere();
  const load = useQuery(api.dlp.prepare.show.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage<Preparing>
      title="Prepare an export for Claude"
      permission="requests.ask"
      load={load}
      main={(data) => <Prepare slug={slug} preparing={data} />}
    />
  );
}

function Prepare({ slug, preparing }: { slug: string; preparing: Preparing }) {
  const { clause, chatRetentionDays, patterns } = preparing;
  const rules = useMemo(() => exportRules([...dlpRules, ...ownRules(patterns)]), [patterns]);
  return (
    <>
      <Card title="The rules here">
        <Stack gap="sm">
          <p className="measure">
            {clause === null
              ? 'No policy with a clause on member data is in force, so you decide on each column.'
              : `By the policy (clause ${clause.number ?? ''}, ${clause.title}) no column of member data is kept as it is.`}
          </p>
          <p className="measure">{retentionWords(chatRetentionDays)}</p>
          <p className="muted measure">
            The file stays in this browser. Your name, the name, size and checksum of the file, what its
            columns hold and what you did with them are written to the audit log.
          </p>
        </Stack>
      </Card>
      <Stack>
        <PrepareExport
          rules={rules}
          mayKeep={clause === null}
          onSave={(file, made) => writeDown(slug, file, made, rules)}
        />
      </Stack>
      <Notice>
        What is found of passwords and keys raises an alert, by its kind and a fingerprint. The password
        itself is never sent.
      </Notice>
    </>
  );
}

function retentionWords(days: number | null): string {
  if (days === null)
    return 'The charter does not say how long chats are kept. What you upload stays with the conversation until it is deleted.';
  return days === 0
    ? 'By the charter, chats are kept without limit. What you upload stays until you delete the conversation.'
    : `By the charter, chats are kept for ${count(days, 'day')}. What you upload stays with the conversation for that long.`;
}

async function writeDown(slug: string, file: File, made: Made, rules: ExportRules): Promise<void> {
  const { csv, table, columns, treatments, leftovers } = made;
  const kept = Map.groupBy(leftovers, ({ kind }) => kind);
  await calls.dlp.prepare.log({
    client: slug,
    file: { name: file.name.slice(0, 255), bytes: file.size, sha256: await sha256(await file.arrayBuffer()) },
    rows: table.rows.length,
    columns: columns.map(({ kind, filled }, at) => ({
      kind,
      treatment: treatments[at] ?? 'drop',
      cells: filled,
    })),
    kept: [...kept].map(([kind, list]) => ({
      kind,
      cells: list.reduce((sum, { cells }) => sum + cells, 0),
    })),
    secrets: await secretsOf(table.rows, rules),
    result: { bytes: csv.size, sha256: await sha256(await csv.arrayBuffer()) },
  });
  await done('That you prepared this file is in the audit log now.');
}

/** Passwords and keys by their rule and SHA-256, each once. */
async function secretsOf(rows: readonly (readonly string[])[], { compiled }: ExportRules) {
  const text = rows.map((row) => row.join('\n')).join('\n');
  const found = new Map<string, { readonly rule: string; readonly value: string }>();
  for (const { rule, group, start, end } of scan(text, compiled).findings) {
    if (group !== 'credential' || found.size >= MAX_SECRETS) continue;
    const value = text.slice(start, end);
    found.set(`${rule} ${value}`, { rule, value });
  }
  const secrets: { rule: string; sha256: string | null }[] = [];
  for (const { rule, value } of found.values()) {
    secrets.push({ rule, sha256: await sha256(new TextEncoder().encode(value).buffer) });
  }
  return secrets;
}

/** null: browsers make none without https. */
async function sha256(bytes: ArrayBuffer): Promise<string | null> {
  const { subtle } = globalThis.crypto;
  if (subtle === undefined) return null;
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
