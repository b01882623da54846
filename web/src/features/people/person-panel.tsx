import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { Facts } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { RemoveMember } from '../changes/remove-member.tsx';
import { decideNow } from './acts.ts';
import { DecideDialog } from './decide-dialog.tsx';
import { recordLine, Status } from './people-columns.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';
import { canBeNamed, type Decision, decisionText, type Kind, type Person } from './words.ts';

interface PersonPanelProps {
  readonly id: string;
  /** Shown until the rest has come; undefined where the list does not hold the person. */
  readonly row: Person | undefined;
  readonly onClose: () => void;
}

/** Places of people with a seat that someone may have to remove. */
const LEAVES: readonly Person['place'][] = ['has_left', 'matched', 'not_on_roster'];

/** Everything known of one person, what was decided, and what can be. */
export function PersonPanel({ id, row, onClose }: PersonPanelProps) {
  const { slug } = useClientHere();
  const mayDecide = useMay('people.decide');
  const mayAsk = useMay('exceptions.request');
  const mayReach = useMay('charter.read');
  const [kind, setKind] = useState<Kind | null>(null);
  const [back, setBack] = useState<Decision | null>(null);
  const load = useQuery(api.people.get.queryOptions({ input: { client: slug, person: id } }));
  const person = load.data ?? row;
  if (person === undefined)
    return (
      <SidePanel title={load.error === null ? 'Loading' : 'No one'} onClose={onClose}>
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
                {state.control}
              </a>
            </>
          )}
        </p>
        <p className="reading">{person.why}</p>
        {mayDecide ? <Acts person={person} client={slug} onKind={setKind} /> : null}
        {mayDecide && person.key !== null && LEAVES.includes(person.place) ? (
          <p>
            <Link to="/c/$client/people/leavers" params={{ client: slug }} search={{ start: person.key }}>
              Start offboarding…
            </Link>
          </p>
        ) : null}
        {mayReach && person.place === 'has_left' && person.account?.address != null ? (
          <RemoveMember slug={slug} address={person.account.address} />
        ) : null}
        {mayAsk && state.verdict === 'fail' && state.control !== null && person.key !== null ? (
          <p>
            <Link
              to="/c/$client/exceptions"
              params={{ client: slug }}
              search={{ new: state.control, items: [person.key] }}
            >
              Accept until a date…
            </Link>
          </p>
        ) : null}
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

function Acts({ person, client, onKind }: { person: Person; client: string; onKind: (kind: Kind) => void }) {
  const { key } = person;
  if (key === null || person.place === 'personal_account' || person.place === 'not_compared') return null;
  const pairs = person.place === 'to_confirm' ? person.roster : [];
  const parts = person.place === 'matched' || person.place === 'has_left' ? person.roster[0]?.key : null;
  return (
    <Stack>
      {pairs.map((record) =>
        record.key === null ? null : (
          <div key={record.key}>
            <p>
              Is this {record.name ?? record.key}
              {recordLine(record) === '' ? '' : ` (${recordLine(record)})`}?
            </p>
            <Row>
              {(['same', 'different'] as const).map((one) => (
                <ActButton
                  key={one}
                  size="xs"
                  act={() => decideNow(client, { kind: one, addresses: [key, record.key ?? ''] })}
                >
                  {one === 'same' ? 'Same person' : 'Two people'}
                </ActButton>
              ))}
            </Row>
          </div>
        ),
      )}
      <Row>
        {parts == null ? null : <Button onClick={() => onKind('different')}>Two people…</Button>}
        {canBeNamed(person) ? (
          <Menu>
            <Menu.Target>
              <Button rightSection={<Icon name="more" />}>Say who this is</Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onKind('same')}>A person on the roster</Menu.Item>
              <Menu.Item onClick={() => onKind('shared')}>A shared mailbox</Menu.Item>
              <Menu.Item onClick={() => onKind('service')}>A service account</Menu.Item>
              <Menu.Item onClick={() => onKind('guest')}>A guest</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </Row>
    </Stack>
  );
}

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
            ['Status', reported(account.status)],
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
            ['Status', reported(record.status)],
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
              {one.control} {one.title}
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
