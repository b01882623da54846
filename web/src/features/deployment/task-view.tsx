import { Button } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { FACT_WORDS } from '../../../../src/domain/labels.ts';
import { dayWords, monthWords, names } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Icon } from '../../ui/icon.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { Sources } from '../controls/control-parts.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { AssignmentCard } from '../work/assignment-card.tsx';
import classes from './deployment.module.css';
import { DnsAnswers } from './dns-answers.tsx';
import { ExpectedCard } from './expected-card.tsx';
import { InviteCard } from './invite-card.tsx';
import { LockCard } from './lock-card.tsx';
import { NoteCard } from './note-card.tsx';
import { Overrides } from './overrides.tsx';
import { ProofCard } from './proof-card.tsx';
import { RecipientsCard } from './recipients-card.tsx';
import { RolesCard } from './roles-card.tsx';
import { ResultCard, WhereCard } from './where-card.tsx';
import {
  type CheckAnswer,
  type Deployment,
  guideWords,
  isUnread,
  lineOf,
  type May,
  type Task,
  timeWords,
} from './words.ts';

interface TaskMarkProps {
  readonly task: Task;
  readonly deployment: Deployment;
  readonly slug: string;
  /** The list is on another page, so a link back is needed. */
  readonly back: boolean;
}

/** "Task 12 of 29 · Account owner · about 15 minutes · guide 2.2", with a link back if the list is on another page. */
export function TaskMark({ task, deployment, slug, back }: TaskMarkProps) {
  const guide = guideWords(task.guide);
  return (
    <Row gap="md" className="muted small">
      {back ? (
        <span className={`${classes.back} screen-only`}>
          <Icon name="chevron-left" size={14} />
          <AppLink href={`/c/${slug}/deployment`}>All tasks</AppLink>
        </span>
      ) : null}
      <span>
        Task {task.number} of {deployment.tasks.length}
        {' · '}
        {task.who}
        {' · '}
        {timeWords(task.minutes)}
        {guide === '' ? '' : ` · ${guide}`}
        {' · '}
        <strong>{lineOf(task)}</strong>
      </span>
    </Row>
  );
}

interface TaskViewProps {
  readonly slug: string;
  readonly deployment: Deployment;
  readonly task: Task;
  readonly may: May;
  readonly check: UseMutationResult<CheckAnswer, unknown, { client: string }>;
  readonly onAttest: (control: string) => void;
  readonly onOverride: () => void;
  /** null: the viewer may not assign it. */
  readonly onAssign: (() => void) | null;
}

/** The task about personal accounts, which have their own page. */
const PERSONAL_ACCOUNTS = 'personal_accounts_closed';

/** One task: why it matters, what blocks it, what proves it, what to copy, and what guide and vendor say about it. */
export function TaskView({ slug, deployment, task, may, check, onAttest, ...act }: TaskViewProps) {
  const waiting = deployment.tasks.filter(
    (other) => other.state === 'locked' && other.after.some(({ id, open }) => open && id === task.id),
  );
  return (
    <div className={classes.task}>
      {isUnread(deployment) ? (
        <Notice>
          <strong>Nothing has been read from {deployment.name} yet, so nothing can be checked.</strong> Each
          check says what to import or where to look. The members file alone resolves many of them at once.
        </Notice>
      ) : null}
      <p className="reading">{task.why}</p>
      {task.later === null ? null : (
        <Notice action={<LinkButton href={`/c/${slug}/settings`}>Decide in Settings</LinkButton>}>
          {task.later.is === 'open'
            ? 'An optional stage. It is not decided whether it will follow later; nothing else depends on it.'
            : `${task.words}. ${task.later.reason ?? ''}`}
        </Notice>
      )}
      {task.changed === null ? null : (
        <Notice>
          <strong>{task.changed}</strong> What was proven before stays proven as long as its evidence is
          current.
        </Notice>
      )}
      {task.locked === null ? null : (
        <LockCard slug={slug} deployment={deployment} task={task} onOverride={act.onOverride} />
      )}
      {task.overrides.length === 0 ? null : <Overrides task={task} />}
      <WhereCard task={task} />
      {may.people && task.at.some(({ role }) => role !== null) ? <RolesCard slug={slug} task={task} /> : null}
      <AssignmentCard
        assignment={task.assignment}
        item={`deployment_task:${task.id}`}
        reminded={task.reminded}
        today={deployment.today}
        finished={task.state === 'proved' || task.state === 'not_needed'}
        onAssign={act.onAssign}
      />
      {task.invite === null ? null : (
        <InviteCard slug={slug} invite={task.invite} locked={task.locked !== null} />
      )}
      {task.recipients === null ? null : (
        <RecipientsCard
          slug={slug}
          recipients={task.recipients}
          sends={may.write && task.writes.some(({ entry }) => entry === 'announced')}
        />
      )}
      {task.dns === null ? null : <ExpectedCard dns={task.dns} may={may} />}
      {task.id === PERSONAL_ACCOUNTS && may.people ? (
        <Notice
          action={
            <Button component="a" size="xs" href={`/c/${slug}/personal-accounts`}>
              Open personal accounts
            </Button>
          }
        >
          Each account is listed under Personal accounts, where you can write to its holder and see what the
          reports show.
        </Notice>
      ) : null}
      <ProofCard
        slug={slug}
        task={task}
        may={may}
        busy={check.isPending}
        onAttest={onAttest}
        onCheck={() => check.mutate({ client: slug })}
      />
      {task.check === null || check.error === null ? null : (
        <Notice mark="cannot_read">
          <strong>DNS could not be looked up.</strong> {explainError(check.error).text} Nothing was changed.
        </Notice>
      )}
      {task.check === null || check.data === undefined ? null : <DnsAnswers answer={check.data} />}
      {task.writes.length === 0 ? null : (
        <NoteCard
          slug={slug}
          writes={task.writes}
          today={deployment.today}
          may={may}
          locked={task.locked !== null}
        />
      )}
      <ResultCard task={task} />
      {task.copies.length === 0 ? null : (
        <Card title="To copy">
          <Stack>
            {task.copies.map((copy) => (
              <CopyText key={copy.label} label={copy.label} text={copy.text} mono={copy.kind !== 'message'}>
                {copy.fill}
              </CopyText>
            ))}
          </Stack>
        </Card>
      )}
      {waiting.length === 0 ? null : <Waiting slug={slug} tasks={waiting} />}
      {task.differs === null ? null : <Sides fact={task.differs} />}
    </div>
  );
}

/** The tasks that wait for this one. */
function Waiting({ slug, tasks }: { slug: string; tasks: readonly Task[] }) {
  return (
    <Card
      title={
        tasks.length === 1 ? 'One task is waiting for this' : `${tasks.length} tasks are waiting for this`
      }
    >
      <Stack as="ul" gap="sm">
        {tasks.map((task) => {
          const others = task.after.filter(({ open }) => open).map(({ number }) => String(number));
          return (
            <li key={task.id}>
              <AppLink href={`/c/${slug}/deployment/${task.id}`}>
                Task {task.number}, {task.title}
              </AppLink>{' '}
              <span className="muted">
                waits for {others.length === 1 ? 'this task alone' : `tasks ${names(others, 12)}`}
              </span>
            </li>
          );
        })}
      </Stack>
    </Card>
  );
}

/** Guide and vendor side by side, each with its date. */
function Sides({ fact }: { fact: NonNullable<Task['differs']> }) {
  const same = fact.status === 'agrees';
  return (
    <Card
      title={same || fact.guide === null ? 'Guide and vendor' : 'Guide and vendor differ'}
      aside={`${fact.title} · ${FACT_WORDS[fact.status].toLowerCase()}`}
    >
      <div className={classes.sides}>
        <div>
          <h3>
            Guide <span>{fact.guideAsOf === null ? '' : monthWords(fact.guideAsOf)}</span>
          </h3>
          <p>{fact.guide ?? 'Says nothing about it.'}</p>
        </div>
        <div>
          <h3>
            Vendor <span>{dayWords(fact.vendorAsOf)}</span>
          </h3>
          <p>{fact.vendor}</p>
          <Sources sources={fact.sources} />
        </div>
      </div>
    </Card>
  );
}
