import { Button } from '@mantine/core';
import { useState } from 'react';
import { EFFECT_WORDS } from '../../../../src/domain/connectors/words.ts';
import {
  DECISION_WORDS,
  DIRECTION_WORDS,
  SUBJECT_WORDS,
  URGENCY_WORDS,
} from '../../../../src/domain/drift/words.ts';
import { dayWords, shortId } from '../../../../src/domain/text/words.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { Notice } from '../../ui/states.tsx';
import { exactWords } from '../../ui/time.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { useZone, When } from '../../ui/when.tsx';
import { PermissionMark } from '../connectors/permission.tsx';
import { EvidenceLine } from '../controls/control-parts.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { PathLine } from '../paths/path-line.tsx';
import { type Act, DecideDialog } from './decide-dialog.tsx';
import { State } from './state.tsx';
import type { Departure, Drift } from './words.ts';

interface DriftPanelProps {
  readonly slug: string;
  readonly departure: Departure;
  readonly drift: Drift;
  readonly onClose: () => void;
}

/** One departure: the observed and the approved state, who made it, how to restore it, and the possible decisions. */
export function DriftPanel({ slug, departure: one, drift, onClose }: DriftPanelProps) {
  const zone = useZone();
  const [act, setAct] = useState<Act | null>(null);
  return (
    <SidePanel
      title={one.label}
      code={SUBJECT_WORDS[one.subject]}
      onClose={onClose}
      actions={
        one.row === null ? undefined : (
          <LinkButton
            href={`/c/${slug}/connectors?drift=${one.direction === 'narrower' ? 'narrower' : 'wider'}&connector=${encodeURIComponent(one.row.slice(0, one.row.lastIndexOf('/')))}`}
          >
            Show in the matrix
          </LinkButton>
        )
      }
    >
      <Stack>
        <Row>
          <State departure={one} />
          {one.urgency === 'urgent' && one.state !== 'accepted' ? (
            <VerdictMark state="fail">{URGENCY_WORDS.urgent}</VerdictMark>
          ) : (
            <span>{URGENCY_WORDS[one.urgency]}</span>
          )}
        </Row>
        <p className="reading">{one.words}</p>
        {one.note === null ? null : (
          <Notice mark={one.state === 'undecided' ? 'fail' : 'info'}>{one.note}</Notice>
        )}
        {one.invariant === null ? null : <Notice mark="fail">It breaks a rule: {one.invariant}.</Notice>}
        <Acts departure={one} may={drift.may} onAct={setAct} />
        <Facts
          facts={[
            ['Charter', one.states === null ? one.charter : <PermissionMark state={one.states.charter} />],
            [
              'Observed',
              one.states === null || one.states.observed === 'off' ? (
                one.observed
              ) : (
                <PermissionMark state={one.states.observed} />
              ),
            ],
            ['Against the charter', DIRECTION_WORDS[one.direction]],
            ...(one.effect === null ? [] : ([['What it does', EFFECT_WORDS[one.effect]]] as const)),
            ['Observed on', one.on === '' ? 'Not reported' : dayWords(one.on)],
            ...causeFacts(one, zone),
            ...(one.controls.length === 0
              ? []
              : ([
                  [
                    'Controls that list it',
                    <span key="controls">
                      {one.controls.map((id) => (
                        <AppLink key={id} href={`/c/${slug}/controls/${id.replace('CLA-', '')}`}>
                          {shortId(id)}{' '}
                        </AppLink>
                      ))}
                    </span>,
                  ],
                ] as const)),
          ]}
        />
        <Evidence slug={slug} departure={one} />
        <Restore departure={one} />
        <Decided slug={slug} departure={one} />
      </Stack>
      <DecideDialog
        key={act}
        act={act}
        slug={slug}
        departure={one}
        today={drift.today}
        latest={drift.latest}
        onClose={() => setAct(null)}
      />
    </SidePanel>
  );
}

function causeFacts({ cause }: Departure, zone: string): (readonly [string, React.ReactNode])[] {
  if (!cause.known || cause.at === null) return [['Who and when', `Not known. ${cause.why ?? ''}`]];
  return [
    ['Who', cause.who ?? 'The event names no one'],
    ['When', exactWords(zone, new Date(cause.at))],
    [
      'Event',
      <span key="event" className="mono">
        {cause.event}
      </span>,
    ],
    ...(cause.ip === null ? [] : ([['From address', cause.ip]] as const)),
  ];
}

interface ActsProps {
  readonly departure: Departure;
  readonly may: Drift['may'];
  readonly onAct: (act: Act) => void;
}

function Acts({ departure: one, may, onAct }: ActsProps) {
  const { slug } = useClientHere();
  const mayLead = useMay('incidents.lead');
  const free = one.state === 'undecided';
  const own = one.decision !== null && !free;
  if (!may.accept && !may.restore && !may.amend) return null;
  return (
    <>
      <Row>
        {free && may.restore ? (
          <Button variant="filled" onClick={() => onAct('restore')}>
            Put back…
          </Button>
        ) : null}
        {free && may.accept && one.acceptable ? (
          <Button onClick={() => onAct('accept')}>Accept until a date…</Button>
        ) : null}
        {free && may.amend && one.amendable ? (
          <Button onClick={() => onAct('amend')}>Change the charter…</Button>
        ) : null}
        {mayLead ? (
          <LinkButton href={`/c/${slug}/incidents?open=yes&drift=${encodeURIComponent(one.key)}`}>
            Open an incident…
          </LinkButton>
        ) : null}
        {own && may.accept ? <Button onClick={() => onAct('withdraw')}>Withdraw the decision…</Button> : null}
      </Row>
      {free && one.whyNot !== null ? <p className="muted">It cannot be accepted. {one.whyNot}</p> : null}
    </>
  );
}

function Evidence({ slug, departure: { evidence, cause } }: { slug: string; departure: Departure }) {
  const all = cause.evidence === null ? evidence : [...evidence, cause.evidence];
  const each = [...new Map(all.map((one) => [`${one.file} ${one.row}`, one])).values()];
  if (each.length === 0) return null;
  return (
    <Stack as="section">
      <h3 className="heading">Status</h3>
      <Stack as="ul">
        {each.map((one) => (
          <li key={`${one.file} ${one.row}`}>
            {one.says}
            <span className="second">
              <EvidenceLine slug={slug} evidence={one} />
            </span>
          </li>
        ))}
      </Stack>
    </Stack>
  );
}

/** The exact clicks, and the evidence that they were done. Bylaw itself changes nothing in Claude. */
function Restore({ departure: { restore } }: { departure: Departure }) {
  return (
    <Stack as="section">
      <h3 className="heading">How to put it back</h3>
      <Stack as="ol" bullets>
        {restore.map((step) => (
          <li key={step.words}>
            {step.words}
            <PathLine step={{ ...step, do: step.words, command: null, why: null }} />
          </li>
        ))}
      </Stack>
    </Stack>
  );
}

function Decided({ slug, departure: { decision } }: { slug: string; departure: Departure }) {
  if (decision === null) return null;
  return (
    <Stack as="section">
      <h3 className="heading">What was decided</h3>
      <p>
        {DECISION_WORDS[decision.decision]}: {decision.by}, <When at={decision.at} inline />
        {decision.until === null ? '' : `, until ${dayWords(decision.until)}`}. {decision.reason}
        {decision.owner === null ? null : (
          <span className="second">
            To be put back by {decision.owner.name}
            {decision.due === null ? ', no day was set' : `, due ${dayWords(decision.due)}`}
          </span>
        )}
      </p>
      {decision.draft === null ? null : (
        <p>
          <AppLink href={`/c/${slug}/charter/${decision.draft}`}>Open the draft of the charter</AppLink>
        </p>
      )}
      {decision.exceptions.map(({ id, control, state }) => (
        <p key={id}>
          <AppLink href={`/c/${slug}/exceptions?panel=${id}`}>Exception for {control}</AppLink>,{' '}
          {state === 'requested' ? 'waits for approval' : state}
        </p>
      ))}
    </Stack>
  );
}
