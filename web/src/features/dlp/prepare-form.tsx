import dlpRules from 'virtual:dlp-rules';
import { useMemo } from 'react';
import { ownRules } from '../../../../src/domain/dlp/own-patterns.ts';
import { type ExportRules, exportRules } from '../../../../src/domain/dlp/prepare/cells.ts';
import { scan } from '../../../../src/domain/dlp/scan.ts';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { PrepareExport } from '../../mask/prepare-export.tsx';
import type { Made } from '../../mask/result.tsx';

/** The most passwords and keys recorded per file; a file full of them has more. */
const MAX_SECRETS = 20;

interface PrepareFormProps {
  readonly slug: string;
  readonly patterns: Parameters<typeof ownRules>[0];
  readonly mayKeep: boolean;
}

/** Takes a file, shows its columns and creates the export; the audit log records who did it. */
export function PrepareForm({ slug, patterns, mayKeep }: PrepareFormProps) {
  const rules = useMemo(() => exportRules([...dlpRules, ...ownRules(patterns)]), [patterns]);
  return (
    <PrepareExport
      rules={rules}
      mayKeep={mayKeep}
      onSave={(file, made) => writeDown(slug, file, made, rules)}
    />
  );
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
  await done('The audit log now shows that you prepared this file.');
}

/** The rule and SHA-256 of each distinct password or key. */
async function secretsOf(rows: readonly (readonly string[])[], { compiled }: ExportRules) {
  const text = rows.map((row) => row.join('\n')).join('\n');
  const found = new Map<string, { readonly rule: string; readonly value: string }>();
  for (const { rule, group, start, end, value: decoded } of scan(text, compiled).findings) {
    if (group !== 'credential' || found.size >= MAX_SECRETS) continue;
    const value = decoded ?? text.slice(start, end);
    found.set(`${rule} ${value}`, { rule, value });
  }
  const secrets: { rule: string; sha256: string | null }[] = [];
  for (const { rule, value } of found.values()) {
    secrets.push({ rule, sha256: await sha256(new TextEncoder().encode(value).buffer) });
  }
  return secrets;
}

/** null: browsers offer no Web Crypto outside secure contexts (HTTPS). */
async function sha256(bytes: ArrayBuffer): Promise<string | null> {
  const { subtle } = globalThis.crypto;
  if (subtle === undefined) return null;
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
