import { Button, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../session.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { RemoveMember } from '../changes/remove-member.tsx';
import { decideNow } from './acts.ts';
import { recordLine } from './people-columns.tsx';
import { canBeNamed, type Kind, type Person } from './words.ts';

/** Groups of people whose seat may have to be removed. */
const LEAVES: readonly Person['place'][] = ['has_left', 'matched', 'not_on_roster'];

interface PersonActsProps {
  readonly person: Person;
  readonly slug: string;
  readonly onKind: (kind: Kind) => void;
}

/** Actions on a person: the next step first, then decisions about their identity. */
export function PersonActs({ person, slug, onKind }: PersonActsProps) {
  const mayDecide = useMay('people.decide');
  const mayAsk = useMay('exceptions.request');
  const mayReach = useMay('charter.read');
  const { state } = person;
  return (
    <>
      {mayDecide ? <Pairs person={person} client={slug} /> : null}
      <Row>
        {mayDecide && person.key !== null && LEAVES.includes(person.place) ? (
          <Button
            renderRoot={(props) => (
              <Link
                {...props}
                to="/c/$client/people/leavers"
                params={{ client: slug }}
                search={{ start: person.key ?? '' }}
              />
            )}
          >
            Start offboarding…
          </Button>
        ) : null}
        {mayAsk && state.verdict === 'fail' && state.control !== null && person.key !== null ? (
          <Button
            renderRoot={(props) => (
              <Link
                {...props}
                to="/c/$client/exceptions"
                params={{ client: slug }}
                search={{ new: state.control ?? '', items: [person.key ?? ''] }}
              />
            )}
          >
            Accept until a date…
          </Button>
        ) : null}
        {mayDecide ? <Acts person={person} onKind={onKind} /> : null}
      </Row>
      {mayReach && person.place === 'has_left' && person.account?.address != null ? (
        <RemoveMember slug={slug} address={person.account.address} />
      ) : null}
    </>
  );
}

/** Roster records that may belong to this person, each with the question. */
function Pairs({ person, client }: { person: Person; client: string }) {
  const { key } = person;
  if (key === null || person.place !== 'to_confirm') return null;
  return (
    <Stack>
      {person.roster.map((record) =>
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
                  {one === 'same' ? 'Same person' : 'Different people'}
                </ActButton>
              ))}
            </Row>
          </div>
        ),
      )}
    </Stack>
  );
}

function Acts({ person, onKind }: { person: Person; onKind: (kind: Kind) => void }) {
  if (person.key === null || person.place === 'personal_account' || person.place === 'not_compared')
    return null;
  const parts = person.place === 'matched' || person.place === 'has_left' ? person.roster[0]?.key : null;
  return (
    <>
      {parts == null ? null : <Button onClick={() => onKind('different')}>Not the same person…</Button>}
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
    </>
  );
}
