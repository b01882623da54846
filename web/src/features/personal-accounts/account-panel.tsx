import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { dayWords, sentence } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { Cited } from '../policy/cited.tsx';
import type { StatedState } from './act-dialogs.tsx';
import { doubts } from './columns.tsx';
import { type Account, type Detail, KIND_WORDS, type MessageKind, nextKind, OUTCOME_WORDS } from './words.ts';

export type Act =
  | { readonly is: 'send'; readonly kind?: MessageKind }
  | { readonly is: 'assign' | 'answer' | 'exempt' }
  | { readonly is: 'say'; readonly state: StatedState };

interface AccountPanelProps {
  readonly account: string;
  /** Shown until the details are loaded. */
  readonly row: Account | undefined;
  readonly onAct: (act: Act, row: Account) => void;
  readonly onClose: () => void;
}

/** One account: its status and why, the possible actions, and its history. */
export function AccountPanel({ account, row, onAct, onClose }: AccountPanelProps) {
  const { slug } = useClientHere();
  const mayWork = useMay('people.decide');
  const mayExempt = useMay('exceptions.approve');
  const mayLead = useMay('incidents.lead');
  const load = useQuery(api.personalAccounts.get.queryOptions({ input: { client: slug, account } }));
  const entry = load.data?.entry ?? row;
  if (entry === undefined)
    return (
      <SidePanel title={load.error === null ? 'Loading' : 'No such account'} onClose={onClose}>
        <LoadFailed load={load} what="This account could not be loaded." />
      </SidePanel>
    );
  return (
    <SidePanel title={entry.name ?? entry.account} onClose={onClose}>
      <Stack>
        <p className="reading">{entry.words}.</p>
        {doubts(entry).map((words) => (
          <Notice key={words} mark="cannot_read">
            {words}
          </Notice>
        ))}
        {entry.certain ? null : (
          <Notice mark="cannot_read">
            The report does not show whether this account is in the workspace. Import a current members file;
            until then, no one is contacted.
          </Notice>
        )}
        {mayWork ? <Acts entry={entry} mayExempt={mayExempt} onAct={(act) => onAct(act, entry)} /> : null}
        {mayLead ? (
          <div>
            <LinkButton
              href={`/c/${slug}/incidents?open=yes&type=unauthorized_access&account=${encodeURIComponent(entry.account)}`}
            >
              Open an incident…
            </LinkButton>
          </div>
        ) : null}
        <Facts facts={factsOf(entry, slug)} />
        {load.data === undefined ? null : (
          <>
            {load.data.clause === null ? null : (
              <Facts facts={[['Policy', <Cited key="clause" slug={slug} clause={load.data.clause} />]]} />
            )}
            <Messages messages={load.data.messages} />
            <History history={load.data.history} slug={slug} />
          </>
        )}
      </Stack>
    </SidePanel>
  );
}

interface ActsProps {
  readonly entry: Account;
  readonly mayExempt: boolean;
  readonly onAct: (act: Act) => void;
}

function Acts({ entry, mayExempt, onAct }: ActsProps) {
  const { state } = entry;
  const next = nextKind(entry);
  const over = state === 'closed';
  const said = state === 'migrating' || state === 'said_closed' || state === 'exempt';
  return (
    <Row>
      {next === null ? null : (
        <Button variant="filled" onClick={() => onAct({ is: 'send', kind: next })}>
          {KIND_WORDS[next]}…
        </Button>
      )}
      {over ? null : <Button onClick={() => onAct({ is: 'answer' })}>Answer…</Button>}
      <Menu>
        <Menu.Target>
          <Button rightSection={<Icon name="chevron-down" size={14} />}>More</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onAct({ is: 'assign' })}>Owner and due date…</Menu.Item>
          {over || state === 'exempt' || state === 'migrating' ? null : (
            <Menu.Item onClick={() => onAct({ is: 'say', state: 'migrating' })}>Mark as migrating…</Menu.Item>
          )}
          {over || state === 'exempt' || state === 'said_closed' ? null : (
            <Menu.Item onClick={() => onAct({ is: 'say', state: 'said_closed' })}>Mark as closed…</Menu.Item>
          )}
          {over || !mayExempt ? null : (
            <Menu.Item onClick={() => onAct({ is: 'exempt' })}>Exempt until a date…</Menu.Item>
          )}
          {said || over ? (
            <Menu.Item onClick={() => onAct({ is: 'say', state: 'open' })}>Reopen it…</Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
    </Row>
  );
}

const day = (value: string | null, none = 'Not reported') =>
  value === null ? (
    <span key={none} className="muted">
      {none}
    </span>
  ) : (
    dayWords(value)
  );

const CONTACT_WORDS = {
  mail: 'sent by Bylaw',
  hand: 'manually, according to a statement',
  journal: 'according to the journal',
} as const;

function factsOf(entry: Account, slug: string) {
  const { closed, exemption } = entry;
  return [
    ['Address', entry.account],
    [
      'Plan',
      entry.plan === null ? (
        <span key="plan" className="muted">
          Not stated
        </span>
      ) : (
        sentence(entry.plan)
      ),
    ],
    ['Opened', day(entry.openedOn)],
    [
      'Listed',
      entry.firstSeen === null
        ? day(null, 'In no report')
        : `${dayWords(entry.firstSeen)} to ${dayWords(entry.lastSeen ?? '')}`,
    ],
    ...(entry.cameBack === null ? [] : [['Returned', dayWords(entry.cameBack)] as const]),
    [
      'Written to',
      entry.lastMessageOn === null || entry.contactedHow === null
        ? day(null, 'Not on record')
        : `${dayWords(entry.lastMessageOn)}, ${CONTACT_WORDS[entry.contactedHow]}`,
    ],
    ...(entry.silentDays === null
      ? []
      : [['Silent for', entry.silentDays === 1 ? '1 day' : `${entry.silentDays} days`] as const]),
    ...(entry.answer === null
      ? []
      : [['Answer', `${entry.answer.words}, ${dayWords(entry.answer.on)}`] as const]),
    [
      'Used for work',
      entry.usedForWork === null ? (
        <span key="work" className="muted">
          Not known
        </span>
      ) : entry.usedForWork ? (
        'Yes'
      ) : (
        'No'
      ),
    ],
    [
      'Owner',
      entry.owner ?? (
        <span key="owner" className="muted">
          Unassigned
        </span>
      ),
    ],
    ['Due', day(entry.due, 'No date')],
    ...(exemption === null
      ? []
      : [
          [
            'Exempt',
            [
              exemption.reason,
              exemption.owner === null ? null : `owned by ${exemption.owner}`,
              `granted by ${exemption.by}`,
            ]
              .filter((part) => part !== null)
              .join('; '),
          ] as const,
        ]),
    ...(closed === null
      ? []
      : [
          [
            'Shown by',
            <a key="closed" href={`/c/${slug}/evidence/${closed.sha256}`}>
              {closed.file}
            </a>,
          ] as const,
        ]),
    ...(entry.note === null ? [] : [['Note', entry.note] as const]),
  ] as const satisfies readonly (readonly [string, React.ReactNode])[];
}

function Messages({ messages }: Pick<Detail, 'messages'>) {
  return (
    <Stack as="section">
      <h3 className="heading">Messages</h3>
      {messages.length === 0 ? <p className="muted">None from here.</p> : null}
      <Stack as="ul" gap="sm" divided>
        {messages.map((one) => (
          <li key={one.id}>
            {one.title}, {one.how === 'hand' ? 'sent manually' : OUTCOME_WORDS[one.outcome]}
            {one.why === null ? '' : `: ${one.why}`}
            <span className="second">
              {one.by}, <When at={one.at} inline />
            </span>
            <Fold summary="Message text">
              <p>{one.subject}</p>
              <p style={{ whiteSpace: 'pre-wrap' }}>{one.text}</p>
            </Fold>
          </li>
        ))}
      </Stack>
    </Stack>
  );
}

function History({ history, slug }: Pick<Detail, 'history'> & { readonly slug: string }) {
  return (
    <Stack as="section">
      <h3 className="heading">What happened</h3>
      <Stack as="ol" gap="sm" divided>
        {history.map((one) => (
          <li key={`${one.day} ${one.at ?? ''} ${one.words}`}>
            {one.sha256 === null ? one.words : <a href={`/c/${slug}/evidence/${one.sha256}`}>{one.words}</a>}
            {one.note === null || one.note === '' ? '' : `: ${one.note}`}
            <span className="second">
              {one.by === null ? '' : `${one.by}, `}
              {one.at === null ? dayWords(one.day) : <When at={one.at} inline />}
            </span>
          </li>
        ))}
      </Stack>
    </Stack>
  );
}
