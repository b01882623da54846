import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { count, dayWords, sentence } from '../../../../src/domain/text/words.ts';
import { useClientHere, useMay } from '../../session.tsx';
import type { VerdictState } from '../../theme/tokens.ts';
import { Card } from '../../ui/card.tsx';
import { Diff } from '../../ui/diff.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import classes from './imports.module.css';
import type { KindChange, Preview } from './words.ts';

interface ChangesProps {
  readonly preview: Preview;
  readonly stored: boolean;
  readonly withProfile: boolean;
  readonly onWithProfile: (value: boolean) => void;
}

/** What storing changes: rows of each kind, documents, the profile, and verdicts. */
export function Changes({ preview, stored, withProfile, onWithProfile }: ChangesProps) {
  return (
    <>
      {preview.kinds.map((change) => (
        <KindCard key={change.kind} change={change} alone={preview.kinds.length === 1} stored={stored} />
      ))}
      <Documents preview={preview} />
      {preview.profile === null || preview.profile.changes.length === 0 ? null : (
        <Profile profile={preview.profile} stored={stored} checked={withProfile} onChange={onWithProfile} />
      )}
      <Verdicts preview={preview} stored={stored} />
    </>
  );
}

const MARKS: Readonly<Record<'new' | 'gone' | 'changed', IconName>> = {
  new: 'plus',
  gone: 'minus',
  changed: 'pencil',
};
const AT_FIRST = 6;

function KindCard({ change, alone, stored }: { change: KindChange; alone: boolean; stored: boolean }) {
  const [all, setAll] = useState(false);
  const { before, after, counts, rows, says } = change;
  const title = stored ? 'What changed' : 'What will change';
  const shown = (all ? rows : rows.slice(0, AT_FIRST)).map((row, at) => ({ ...row, at }));
  const total = counts === null ? 0 : counts.new + counts.gone + counts.changed;
  return (
    <Card
      title={alone ? title : sentence(change.kindName)}
      aside={
        before === null
          ? 'The first of its kind'
          : `Against the file of ${dayWords(before.observedOn)}, ${count(before.rows, 'row')}`
      }
      flush
    >
      {counts === null ? null : (
        <dl className={classes.counts}>
          <Count icon="plus" word="new" n={counts.new} />
          <Count icon="minus" word="gone" n={counts.gone} />
          <Count icon="pencil" word="changed" n={counts.changed} />
          <Count icon="equals" word="unchanged" n={counts.unchanged} />
        </dl>
      )}
      {says === null ? null : <p className="pad">{says}</p>}
      {after === null && says === null ? <p className="pad">Nothing of it counts.</p> : null}
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
    </Card>
  );
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

function becomesWords({ becomes, same }: Preview['documents'][number]): string {
  if (becomes === 'draft')
    return same
      ? 'matches what is in force or already waiting as a draft; it changes nothing.'
      : 'becomes a draft to approve. None of it takes effect until a second person approves it.';
  return same
    ? 'is the same as what already counts or waits here; it changes nothing.'
    : 'waits to be confirmed. Until then it does not count.';
}

function Documents({ preview }: { preview: Preview }) {
  const { documents, attestations } = preview;
  const statements = attestations.new + attestations.known + attestations.unknown.length;
  if (documents.length === 0 && statements === 0) return null;
  return (
    <Card title="Documents" flush>
      <ul>
        {documents.map((document) => (
          <li key={document.kind}>
            <strong>{sentence(document.kind)}</strong> {becomesWords(document)}
            <span className="second">{document.file}</span>
          </li>
        ))}
        {statements === 0 ? null : (
          <li>
            <strong>{count(attestations.new, 'new attestation')}</strong>
            {attestations.new === 0 ? '' : ' to confirm; until then they do not count'}
            {attestations.known === 0 ? '' : `, ${attestations.known} already stored`}
            {attestations.unknown.length === 0 ? null : (
              <span className="second">
                Left out because they name no control: {attestations.unknown.join(', ')}
              </span>
            )}
          </li>
        )}
      </ul>
    </Card>
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

function Verdicts({ preview, stored }: { preview: Preview; stored: boolean }) {
  const { slug } = useClientHere();
  const { changes, total } = preview.verdicts;
  return (
    <Card
      title={stored ? 'Verdicts that changed' : 'Verdicts that will change'}
      aside={`${changes.length} of ${total}`}
      flush
      foot={
        stored
          ? 'The whole import was stored in one step.'
          : 'Nothing is stored yet. Either all files are stored or none; importing them twice changes nothing.'
      }
    >
      {changes.length === 0 ? (
        <p className="pad">No verdict changes.</p>
      ) : (
        <ul className={classes.verdicts}>
          {changes.map((change) => (
            <li key={change.control}>
              <span className={classes.verdictTitle}>
                <Link
                  to="/c/$client/controls/$control"
                  params={{ client: slug, control: change.control.replace('CLA-', '') }}
                >
                  {change.title}
                </Link>
                <code>{change.control.replace('CLA-', '')}</code>
              </span>
              <Row as="span">
                <StateBefore state={change.before.state} />
                <Icon name="arrow-right" size={12} />
                <span className="hidden-text">becomes</span>
                <VerdictMark state={change.after.state} />
                <span className="muted">{itemsOf(change)}</span>
              </Row>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function StateBefore({ state }: { state: VerdictState | null }) {
  return state === null ? <span className="muted">Not decided</span> : <VerdictMark state={state} />;
}

function itemsOf({ before, after }: Preview['verdicts']['changes'][number]): string {
  if (before.items === 0 && after.items === 0) return '';
  return before.items === after.items
    ? count(after.items, 'item')
    : `${before.items} → ${count(after.items, 'item')}`;
}
