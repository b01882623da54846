import { Button } from '@mantine/core';
import { useState } from 'react';
import { PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { useClientHere } from '../../session.tsx';
import type { VerdictState } from '../../theme/tokens.ts';
import { Row } from '../../ui/layout.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { TightenDialog } from './tighten-dialog.tsx';
import type { Incident, Step } from './words.ts';

type Permissions = NonNullable<Step['permissions']>;
type Followed = Permissions['followed'][number];

const STATES: Readonly<Record<NonNullable<Followed['state']>, readonly [VerdictState, string]>> = {
  seen: ['pass', 'In force, and a later reading shows it'],
  wider: ['fail', 'A later reading shows more than this'],
  called: ['fail', 'Blocked in a later reading, but called after that'],
  not_in_force: ['pending', 'Not in force yet'],
  not_seen: ['cannot_read', 'In force, not seen yet'],
};

interface ListProps {
  readonly incident: Incident;
  readonly step: Step;
  readonly permissions: Permissions;
}

/** Stricter permissions proposed from a step, each tracked until it is in force and a later reading shows it. */
export function PermissionsList({ incident, step, permissions }: ListProps) {
  const { slug } = useClientHere();
  const [proposing, setProposing] = useState(false);
  const { followed, offered, governed } = permissions;
  const may = incident.may.lead && incident.state === 'open' && !incident.drill;
  return (
    <section aria-label="Stricter permissions">
      <h3>Stricter permissions</h3>
      {followed.length === 0 ? null : (
        <Lines label="Stricter permissions" head="40%">
          {followed.map((one) => (
            <FollowedLine key={one.row} slug={slug} one={one} />
          ))}
        </Lines>
      )}
      {may ? (
        offered.length > 0 && governed ? (
          <Row gap="sm">
            <Button size="xs" onClick={() => setProposing(true)}>
              Propose a stricter permission…
            </Button>
          </Row>
        ) : (
          <p className="muted small">{nothingWords(incident, permissions)}</p>
        )
      ) : null}
      {proposing ? (
        <TightenDialog
          incident={incident}
          step={step}
          offered={offered}
          onClose={() => setProposing(false)}
        />
      ) : null}
    </section>
  );
}

function FollowedLine({ slug, one }: { slug: string; one: Followed }) {
  const stand = one.state === null ? null : STATES[one.state];
  return (
    <Line
      head={
        <>
          <h4 className="wraps">{one.label}</h4>
          <p className="small">
            {PERMISSION_WORDS[one.from]} → {PERMISSION_WORDS[one.to]}
          </p>
        </>
      }
    >
      {stand === null ? null : <VerdictMark state={stand[0]}>{stand[1]}</VerdictMark>}
      {one.words.map((words) => (
        <p key={words} className="small wraps">
          {words}
        </p>
      ))}
      <p className="muted small wraps">
        {one.by}, <When at={one.at} inline />: {one.reason}
      </p>
      {one.draft === null ? null : (
        <AppLink href={`/c/${slug}/charter/${one.draft.id}`}>{one.draft.title}</AppLink>
      )}
    </Line>
  );
}

function nothingWords({ connector }: Incident, { governed, followed }: Permissions): string {
  if (!governed)
    return 'No charter that names connectors is in force, so no permission can be proposed for it.';
  if (followed.length > 0) return 'No other action of this connector can be tightened.';
  return connector === null
    ? 'Name the connector involved to propose stricter permissions for its actions.'
    : `Neither the charter in force nor the readings show an action of ${connector} that can be tightened.`;
}
// Guide: G7.2-20
