import { Button } from '@mantine/core';
import type { CompiledRules } from '../../../src/domain/dlp/compile.ts';
import { type Finding, masked, type ScanResult } from '../../../src/domain/dlp/finding.ts';
import { maskText } from '../../../src/domain/dlp/mask-text.ts';
import { UNREAD_WORDS } from '../../../src/domain/dlp/unread.ts';
import { becauseWords, DLP_GROUP_WORDS } from '../../../src/domain/dlp/words.ts';
import classes from '../mask/mask.module.css';
import { saveFile } from '../ui/export-menu.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { Notice } from '../ui/states.tsx';
import type { ReadText } from './read-text.ts';

interface CheckResultProps extends ReadText {
  readonly name: string;
  readonly result: ScanResult;
  readonly rules: CompiledRules;
}

/** The most unread parts listed by name; the others are only counted. */
const MAX_UNREAD = 30;

/** The findings by kind with masked samples, and a copy without them. */
export function CheckResult({ name, text, places, copy, unread, result, rules }: CheckResultProps) {
  const { findings, scanned } = result;
  const kinds = [...Map.groupBy(findings, ({ rule }) => rule)].map(([rule, list]) => ({ rule, list }));
  kinds.sort((a, b) => b.list.length - a.list.length);
  const nothingRead = places.length === 0 && unread.length > 0;
  const rest = [
    ...unread
      .slice(0, MAX_UNREAD)
      .map(({ path, why }) => `${path === name ? '' : `${path}: `}${UNREAD_WORDS[why]}`),
    ...(unread.length > MAX_UNREAD ? [`${unread.length - MAX_UNREAD} more parts were not read.`] : []),
    ...(scanned < text.length
      ? [
          `Only the first ${Math.floor((100 * scanned) / text.length)} percent of it was checked; what the rest contains is not known.`,
        ]
      : []),
  ];
  return (
    <section aria-labelledby="result" className={classes.step}>
      <h2 id="result">
        {findings.length === 0
          ? nothingRead
            ? `${name} was not read`
            : `Nothing known was found in ${unread.length > 0 ? 'what was read of ' : ''}${name}`
          : `${findings.length} ${findings.length === 1 ? 'thing' : 'things'} found in ${name}`}
      </h2>
      {findings.length === 0 ? (
        <Notice mark="cannot_read">
          {nothingRead
            ? 'What it contains is not known. Look through it yourself.'
            : 'That does not mean there is nothing in it. Read the list below, and look through it yourself.'}
        </Notice>
      ) : (
        <Notice mark="fail">
          Ask before you give this to Claude, or use the copy, in which each of these is replaced by its name.
        </Notice>
      )}
      {rest.length === 0 ? null : (
        <ul>
          {rest.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      {findings.length === 0 ? null : (
        <>
          <PlainTable
            label="What was found"
            framed
            rows={kinds}
            rowId={({ rule }) => rule}
            columns={[
              { head: 'What', cell: ({ rule }) => rules.rules.get(rule)?.title ?? rule },
              { head: 'Kind', cell: ({ list }) => groupOf(list) },
              { head: 'How many', align: 'end', cell: ({ list }) => list.length },
              {
                head: 'For example',
                className: 'mono',
                cell: ({ list }) =>
                  list
                    .slice(0, 3)
                    .map(({ start, end, value }) => masked(value ?? text.slice(start, end)))
                    .join(' · '),
              },
              ...(places.length > 1
                ? [
                    {
                      head: 'Where',
                      cell: ({ list }: { readonly list: readonly Finding[] }) =>
                        [...new Set(list.map(({ start }) => placeOf(places, start)))].slice(0, 3).join(' · '),
                    },
                  ]
                : []),
              {
                head: 'Why',
                cell: ({ list }) => (list[0] === undefined ? '' : becauseWords(list[0].because)),
              },
            ]}
          />
          <div className={classes.bar}>
            <p>
              The copy is the text of the file. Read it before you use it: what was not found is still in it.
            </p>
            <Button
              variant="filled"
              onClick={() =>
                saveFile(
                  new Blob([maskText(text, findings, rules)], { type: 'text/plain;charset=utf-8' }),
                  copyName(name, copy),
                )
              }
            >
              Download a masked copy
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

const placeOf = (places: ReadText['places'], offset: number) =>
  places.findLast(({ at }) => at <= offset)?.path ?? '';

const groupOf = (list: readonly Finding[]) => {
  const group = list[0]?.group;
  return group === undefined ? '' : DLP_GROUP_WORDS[group];
};

/** "members.xlsx" becomes "members-masked.csv". */
function copyName(name: string, copy: 'csv' | 'txt'): string {
  return `${name.replace(/\.[A-Za-z0-9]{1,5}$/u, '').replace(/[\p{Cc}\p{Cf}/\\]/gu, '_') || 'text'}-masked.${copy}`;
}
