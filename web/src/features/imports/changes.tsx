import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { count, dayWords, sentence } from '../../../../src/domain/text/words.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Diff } from '../../ui/diff.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Fold } from '../../ui/lines.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './imports.module.css';
import type { KindChange, Preview } from './words.ts';

interface ChangesProps {
  readonly preview: Preview;
  readonly stored: boolean;
  readonly withProfile: boolean;
  readonly onWithProfile: (value: boolean) => void;
}

/** What storing the import changes besides verdicts: documents, the profile, and rows of each kind, collapsed. */
export function Changes({ preview, stored, withProfile, onWithProfile }: ChangesProps) {
  return (
    <>
      <Documents preview={preview} stored={stored} />
      {preview.profile === null || preview.profile.changes.length === 0 ? null : (
        <Profile profile={preview.profile} stored={stored} checked={withProfile} onChange={onWithProfile} />
      )}
      {preview.kinds.length === 0 ? null : (
        <Card
          title={stored ? 'What changed in the files' : 'What changes in the files'}
          aside={count(preview.kinds.length, 'kind of file', 'kinds of file')}
          flush
        >
          {preview.kinds.map((change) => (
            <KindFold key={change.kind} change={change} open={preview.kinds.length === 1} />
          ))}
        </Card>
      )}
    </>
  );
}

const MARKS: Readonly<Record<'new' | 'gone' | 'changed', IconName>> = {
  new: 'plus',
  gone: 'minus',
  changed: 'pencil',
};
const INITIAL_ROWS = 6;

/** One kind of file: how many rows are new, removed and changed, and, once opened, which. */
function KindFold({ change, open }: { change: KindChange; open: boolean }) {
  const [all, setAll] = useState(false);
  const { before, after, counts, rows, says } = change;
  const shown = (all ? rows : rows.slice(0, INITIAL_ROWS)).map((row, at) => ({ ...row, at }));
  const total = counts === null ? 0 : counts.new + counts.gone + counts.changed;
  return (
    <div className={classes.kind}>
      <Fold summary={<strong>{sentence(change.kindName)}</strong>} beside={inShort(change)} open={open}>
        <p className="muted pad">
          {before === null
            ? 'The first file of its kind'
            : `Compared with the file of ${dayWords(before.observedOn)}, ${count(before.rows, 'row')}`}
        </p>
        {counts === null ? null : (
          <dl className={classes.counts}>
            <Count icon="plus" word="new" n={counts.new} />
            <Count icon="minus" word="gone" n={counts.gone} />
            <Count icon="pencil" word="changed" n={counts.changed} />
            <Count icon="equals" word="unchanged" n={counts.unchanged} />
          </dl>
        )}
        {says === null ? null : <p className="pad">{says}</p>}
        {after === null && says === null ? <p className="pad">None of it is used.</p> : null}
        {shown.length === 0 ? null : (
          <ul className={classes.rows}>
            {shown.map((row) => (
              <li key={row.at}>
                <Icon name={MARKS[row.change]} />
                <strong>
                  <span className="hidden-text">{sentence(row.change)}: </span>
                  {row.name}
                </strong>
                <span>{row.detail}</span>
              </li>
            ))}
          </ul>
        )}
        {total > shown.length ? (
          all ? (
            <p className={`muted ${classes.more}`}>and {total - shown.length} more</p>
          ) : (
            <button type="button" className={classes.moreButton} onClick={() => setAll(true)}>
              {total - shown.length} more changed rows
            </button>
          )
        ) : null}
      </Fold>
    </div>
  );
}

function inShort({ counts, after, says }: KindChange): string {
  if (counts === null) return says === null && after === null ? 'does not count' : 'not compared';
  const parts = (['new', 'gone', 'changed'] as const).flatMap((word) =>
    counts[word] === 0 ? [] : [`${counts[word]} ${word}`],
  );
  return parts.length === 0 ? 'no row changes' : parts.join(', ');
}

function Count({ icon, word, n }: { icon: IconName; word: string; n: number }) {
  return (
    <div>
      <dt>
        <Icon name={icon} size={12} /> {word}
      </dt>
      <dd>{n}</dd>
    </div>
  );
}

function becomesWords({ becomes, same }: Preview['documents'][number], stored: boolean): string {
  if (becomes === 'draft')
    return same
      ? 'matches what is in force or already waiting as a draft, so it changes nothing.'
      : `${stored ? 'became' : 'becomes'} a draft to approve. None of it takes effect until a second person approves it.`;
  return same
    ? 'is the same as what already counts or is waiting here, so it changes nothing.'
    : 'must be confirmed before it counts.';
}

function Documents({ preview, stored }: { preview: Preview; stored: boolean }) {
  const { slug } = useClientHere();
  const { documents, attestations } = preview;
  const statements = attestations.new + attestations.known + attestations.unknown.length;
  if (documents.length === 0 && statements === 0) return null;
  return (
    <Card title="Documents" flush>
      <ul>
        {documents.map((document) => (
          <li key={document.kind}>
            <strong>{sentence(document.kind)}</strong> {becomesWords(document, stored)}
            {!stored || document.same ? null : document.becomes === 'draft' ? (
              <>
                {' '}
                <AppLink href={`/c/${slug}/charter`}>Open the draft</AppLink>
              </>
            ) : (
              <Confirm slug={slug} />
            )}
            <span className="second">{document.file}</span>
          </li>
        ))}
        {statements === 0 ? null : (
          <li>
            <strong>{count(attestations.new, 'new attestation')}</strong>
            {attestations.new === 0 ? '' : ' to confirm; until then they do not count'}
            {attestations.known === 0 ? '' : `, ${attestations.known} already stored`}
            {stored && attestations.new > 0 ? <Confirm slug={slug} /> : null}
            {attestations.unknown.length === 0 ? null : (
              <span className="second">
                Left out because they name no control, or one that does not accept statements:{' '}
                {attestations.unknown.join(', ')}
              </span>
            )}
          </li>
        )}
      </ul>
    </Card>
  );
}

/** Link to the page where entries from files wait to be confirmed. */
function Confirm({ slug }: { slug: string }) {
  return (
    <>
      {' '}
      <AppLink href={`/c/${slug}/attestations?tab=files`}>Confirm</AppLink>
    </>
  );
}

function Profile({
  profile,
  stored,
  checked,
  onChange,
}: {
  profile: NonNullable<Preview['profile']>;
  stored: boolean;
  checked: boolean;
  onChange: (value: boolean) => void;
}) {
  const mayEdit = useMay('client.edit');
  return (
    <Card title="Profile among the files" aside={profile.file}>
      <Diff
        label="Profile"
        changes={profile.changes.map(({ field, before, after }) => ({ name: field, before, after }))}
      />
      {stored ? null : mayEdit ? (
        <Checkbox
          label="Use this profile too. Otherwise the client’s profile does not change."
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      ) : (
        <p className="muted">Your role does not include changing the profile, so it does not change.</p>
      )}
    </Card>
  );
}
