import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { dayWords, sentence, shortId } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { Status } from './people-columns.tsx';
import { PersonActs } from './person-acts.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';
import { type Decision, decisionText, type Kind, type Person } from './words.ts';

interface PersonPanelProps {
  readonly id: string;
  /** Shown until the details are loaded; undefined if the list does not contain the person. */
  readonly row: Person | undefined;
  readonly onClose: () => void;
}

/** Everything known about one person, the decisions made, and the possible actions. */
export function PersonPanel({ id, row, onClose }: PersonPanelProps) {
  const { slug } = useClientHere();
  const mayDecide = useMay('people.decide');
  const mayReach = useMay('charter.read');
  const [kind, setKind] = useState<Kind | null>(null);
  const [back, setBack] = useState<Decision | null>(null);
  const load = useQuery(api.people.get.queryOptions({ input: { client: slug, person: id } }));
  const person = load.data ?? row;
  if (person === undefined)
    return (
      <SidePanel title={load.error === null ? 'Loading' : 'Person not found'} onClose={onClose}>
        <LoadFailed load={load} what="This person could not be loaded." />
      </SidePanel>
    );
  const detail = load.data;
  const { state } = person;
  return (
    <SidePanel title={person.name} onClose={onClose}>
      <Stack>
        <p>
          <Status state={state} />
          {state.control === null ? null : (
            <>
              {' '}
              <a href={`/c/${slug}/controls/${state.control}`} className="mono">
                {shortId(state.control)}
              </a>
            </>
          )}
        </p>
        <p className="reading">{person.why}</p>
        <PersonActs person={person} slug={slug} onKind={setKind} />
        {mayReach ? (
          <p>
            <Link to="/c/$client/connectors/access" params={{ client: slug }} search={{ person: id }}>
              What Claude can reach for them
            </Link>
          </p>
        ) : null}
        <InClaude person={person} />
        <OnRoster person={person} />
        <Stack as="section">
          <h3 className="heading">Evidence</h3>
          <Stack as="ul" gap="sm" divided>
            {person.evidence.map((one) => (
              <li key={`${one.file} ${one.row ?? ''} ${one.says}`}>
                {one.sha256 === null ? (
                  one.file
                ) : (
                  <a href={`/c/${slug}/evidence/${one.sha256}`}>{one.file}</a>
                )}
                {one.row === null ? '' : `, row ${one.row}`}: {one.says}
                <span className="muted"> observed {dayWords(one.observedOn)}</span>
              </li>
            ))}
          </Stack>
        </Stack>
        <Stack as="section">
          <h3 className="heading">Decisions</h3>
          {person.decisions.length === 0 ? <p className="muted">No decisions yet.</p> : null}
          <Stack as="ul" gap="sm" divided>
            {person.decisions.map((one) => (
              <li key={one.id ?? decisionText(one)}>
                {decisionText(one)}
                {one.reason === null ? '' : `: ${one.reason}`}
                <br />
                <span className="muted">
                  {one.by}
                  {one.at === null ? ', imported' : ', '}
                  {one.at === null ? null : <When at={one.at} />}
                </span>{' '}
                {mayDecide && one.id !== null ? (
                  <Button
                    size="xs"
                    onClick={() => setBack(one)}
                    aria-label={`Withdraw: ${decisionText(one)}`}
                  >
                    Withdraw
                  </Button>
                ) : null}
              </li>
            ))}
            {(detail?.history ?? []).map((one) => (
              <li key={one.id ?? decisionText(one)} className="muted">
                {decisionText(one)}: decided by {one.by}, withdrawn by {one.withdrawn?.by ?? 'someone'}{' '}
                <When at={one.withdrawn?.at ?? null} />
              </li>
            ))}
          </Stack>
        </Stack>
        <Exceptions detail={detail} client={slug} />
        {detail === undefined || detail.others.length === 0 ? null : (
          <Stack as="section">
            <h3 className="heading">Other accounts with the same address</h3>
            <Stack as="ul" gap="sm" divided>
              {detail.others.map((one) => (
                <li key={one.id}>
                  <Link from="/c/$client/people" to="." search={(was) => ({ ...was, panel: one.id })}>
                    {one.name}
                  </Link>{' '}
                  {one.why}
                </li>
              ))}
            </Stack>
          </Stack>
        )}
      </Stack>
      <DecideDialog client={slug} kind={kind} rows={[person]} onClose={() => setKind(null)} />
      <WithdrawDialog client={slug} decision={back} onClose={() => setBack(null)} />
    </SidePanel>
  );
}

/** A status from the file, capitalized. */
const capital = (text: string | null) => (text === null ? null : sentence(text));
const reported = (value: string | null) => value ?? <span className="muted">Not reported</span>;
const dayOrNothing = (value: string | null) => reported(value === null ? null : dayWords(value));

function InClaude({ person }: { person: Person }) {
  const { account } = person;
  return (
    <Stack as="section">
      <h3 className="heading">In Claude</h3>
      {account === null ? (
        <p className="muted">No account in the members file.</p>
      ) : (
        <Facts
          facts={[
            ['Name', reported(account.name)],
            ['Address', reported(account.address)],
            ['Role', reported(account.role)],
            [person.place === 'personal_account' ? 'Plan' : 'Seat', reported(account.seat)],
            ['Status', reported(capital(account.status))],
            ['Added', dayOrNothing(account.addedOn)],
            ['Last active', dayOrNothing(account.lastActiveOn)],
          ]}
        />
      )}
    </Stack>
  );
}

function OnRoster({ person }: { person: Person }) {
  if (person.place === 'personal_account') return null;
  return (
    <Stack as="section">
      <h3 className="heading">
        {person.place === 'to_confirm' ? 'Similar roster records' : 'On the roster'}
      </h3>
      {person.roster.length === 0 ? <p className="muted">No record.</p> : null}
      {person.roster.map((record) => (
        <Facts
          key={`${record.key ?? ''} ${record.name ?? ''} ${record.department ?? ''}`}
          facts={[
            ['Name', reported(record.name)],
            ['Addresses', reported(record.addresses.length === 0 ? null : record.addresses.join(', '))],
            ['Department', reported(record.department)],
            ['Status', reported(capital(record.status))],
            ['First day', dayOrNothing(record.startsOn)],
            ['Last day', dayOrNothing(record.endsOn)],
          ]}
        />
      ))}
    </Stack>
  );
}

type Detail = Awaited<ReturnType<typeof api.people.get.call>>;

function Exceptions({ detail, client }: { detail: Detail | undefined; client: string }) {
  if (detail?.exceptions == null || detail.exceptions.length === 0) return null;
  return (
    <Stack as="section">
      <h3 className="heading">Exceptions that name this person</h3>
      <Stack as="ul" gap="sm" divided>
        {detail.exceptions.map((one) => (
          <li key={one.id}>
            <Link to="/c/$client/exceptions" params={{ client }} search={{ panel: one.id }}>
              {shortId(one.control)} {one.title}
            </Link>
            <br />
            {one.reason}{' '}
            <span className="muted">
              {one.owner}, until {dayWords(one.until)}
            </span>
          </li>
        ))}
      </Stack>
    </Stack>
  );
}
