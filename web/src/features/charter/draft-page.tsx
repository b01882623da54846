import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { STATE_WORDS } from '../../../../src/domain/model/verdict.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { VerdictMark, VerdictShape } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AnswerDialog } from './answer-dialog.tsx';
import { ApprovalCard } from './approval-card.tsx';
import { CellDialog } from './cell-dialog.tsx';
import classes from './charter.module.css';
import { EndDialog, YamlDialog } from './dialogs.tsx';
import { EditCard } from './edit-card.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { OpenQuestions } from './open-questions.tsx';
import { OverlapsCard } from './overlaps-card.tsx';
import { effectOf } from './questions.ts';
import { charterVersionRoute } from './routes.tsx';
import { ContentCard, PaperActions } from './version-page.tsx';
import { DRAFT_WORDS, type Draft, originWords, STEP_WORDS } from './words.ts';

/** A draft: its changes, their effects, and its approval. */
export function DraftPage({ id }: { id: string }) {
  const { slug } = useClientHere();
  const { open, edit, answer } = charterVersionRoute.useSearch();
  const navigate = charterVersionRoute.useNavigate();
  const load = useQuery(api.charter.draft.show.queryOptions({ input: { client: slug, draft: id } }));
  const close = () =>
    void navigate({ search: (was) => ({ ...was, open: undefined, edit: undefined, answer: undefined }) });
  const draft = load.data;
  return (
    <>
      <DetailPage
        title={(data: Draft) => `Charter v${data.number}, ${DRAFT_WORDS[data.state].toLowerCase()}`}
        permission="charter.read"
        load={load}
        meta={metaOf}
        actions={<PaperActions slug={slug} of={id} />}
        work={(data) => (
          <>
            <Card title={data.title}>
              <p className="pre">{data.reason}</p>
              <p className="muted">{originWords(data.origin)}</p>
            </Card>
            {data.moved_by === null ? null : <OverlapsCard draft={data} />}
            {data.state === 'proposed' ? null : questionsOf(data, slug)}
            <ContentCard
              changes={data.difference.changes}
              settings={data.settings}
              unchanged={data.difference.unchanged}
              heads={[before(data), `Draft, v${data.number}`]}
            />
            {data.state === 'proposed' ? questionsOf(data, slug) : null}
            {data.status.may.edit ? <EditCard slug={slug} id={id} /> : null}
            <History draft={data} />
            <ToApproval draft={data} />
          </>
        )}
        evidence={(data) => (
          <>
            <div id={APPROVAL} tabIndex={-1}>
              <Steady of={data}>{(steady) => <ApprovalCard key={steady.version} draft={steady} />}</Steady>
            </div>
            <Rules draft={data} />
            {isOpen(data) ? <Effect id={id} slug={slug} version={data.version} /> : null}
          </>
        )}
      />
      {draft === undefined ? null : (
        <>
          {open === 'cell' && draft.status.may.edit ? <CellDialog draft={draft} onClose={close} /> : null}
          {open === 'yaml' ? <YamlDialog draft={draft} onClose={close} onMade={close} /> : null}
          {open === 'return' || open === 'refuse' || open === 'withdraw' ? (
            <EndDialog draft={draft} act={open} onClose={close} />
          ) : null}
          {answer !== undefined && draft.status.may.edit ? (
            <AnswerDialog ids={answer} into={draft} onClose={close} />
          ) : null}
          {edit !== undefined && draft.status.may.edit ? (
            <Steady of={draft}>
              {(steady) => (
                <EditDialog key={`${edit} ${steady.version}`} draft={steady} section={edit} onClose={close} />
              )}
            </Steady>
          ) : null}
        </>
      )}
    </>
  );
}

const APPROVAL = 'approval';

/** In a narrow window the approval follows all changes, so a link to it stays visible until it is in view. */
function ToApproval({ draft: { status } }: { draft: Draft }) {
  const { may, approvals } = status;
  if (!may.approve && !may.propose) return null;
  return (
    <div className={classes.toApproval}>
      <span className="muted">
        {approvals.given} of {count(approvals.needed, 'approval')}
      </span>
      <Button
        variant="filled"
        onClick={() => {
          const card = document.getElementById(APPROVAL);
          card?.scrollIntoView();
          card?.focus({ preventScroll: true });
        }}
      >
        {may.approve ? 'Go to approval' : 'Go to “Send for approval”'}
      </Button>
    </div>
  );
}

function metaOf(data: Draft) {
  const changes = data.difference.changes.length;
  const against =
    data.moved_by !== null
      ? `v${data.moved_by.number}, in force`
      : data.base === null
        ? 'no charter'
        : `v${data.base.number}`;
  return (
    <>
      {count(changes, 'change')} against {against} · made by {data.made.by}
      {data.proposed === null ? null : (
        <>
          , sent for approval by {data.proposed.by} <When at={data.proposed.at} inline />
        </>
      )}
    </>
  );
}

const isOpen = ({ became, ended }: Draft) => became === null && ended === null;

/** Editors see the open questions first; approvers see the changes first. */
function questionsOf(draft: Draft, slug: string) {
  return isOpen(draft) ? <Questions id={draft.id} slug={slug} edits={draft.status.may.edit} /> : null;
}

function Questions({ id, slug, edits }: { id: string; slug: string; edits: boolean }) {
  const load = useQuery(effectOf(slug, id));
  return <OpenQuestions slug={slug} questions={load.data?.questions ?? []} edits={edits} />;
}

function Rules({ draft }: { draft: Draft }) {
  const { invariants, broken, idle } = draft;
  return (
    <Card
      title="Rules that a draft may break only with a second person’s approval"
      aside={`${invariants.length} checked`}
    >
      <Stack>
        {invariants.map(({ id, title, holds }) => (
          <div key={id} className={classes.marked}>
            <VerdictShape state={holds ? 'pass' : 'fail'} />
            <span>
              <span className="hidden-text">{holds ? 'Holds: ' : 'Broken: '}</span>
              {title}
            </span>
          </div>
        ))}
        {broken.map((cell) => (
          <Notice key={`${cell.connector}/${cell.action}`} mark={cell.covered ? 'pending' : 'fail'}>
            {cell.words}{' '}
            {cell.covered && cell.until !== null
              ? `It has an exception until ${cell.until}; after that day it is treated as Blocked.`
              : 'It needs an exception with an end date, or it must be Blocked.'}
          </Notice>
        ))}
        {idle.map(({ connector, action }) => (
          <Notice key={`${connector}/${action}`}>
            The exception for {connector}: {action} covers nothing that breaks a rule.
          </Notice>
        ))}
        {broken.length > 0 ? (
          <p className="muted">Two people who did not work on the draft have to approve it.</p>
        ) : null}
      </Stack>
    </Card>
  );
}

/** Verdicts that would change if the draft were in force, as evaluated by the rules. */
function Effect({ id, slug, version }: { id: string; slug: string; version: number }) {
  const load = useQuery(effectOf(slug, id));
  return (
    <Card title="What this would change" key={version} flush={(load.data?.changes.length ?? 0) > 0}>
      {load.data === undefined ? (
        <p className="muted" role="status">
          {load.error === null
            ? 'Evaluating as if it were in force…'
            : 'This could not be calculated. Reload the page.'}
        </p>
      ) : load.data.changes.length === 0 ? (
        <p>{load.data.words}</p>
      ) : (
        <ul>
          <li>{load.data.words}</li>
          {load.data.changes.map((one) => (
            <li key={one.control} className="wraps">
              <VerdictMark state={one.after} />
              <span className="medium line">{one.title}</span>
              <span className="second">
                {one.before === null ? '' : `${STATE_WORDS[one.before]} now. `}
                {one.reason}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function History({ draft }: { draft: Draft }) {
  return (
    <Card title="History">
      <ol className={classes.trail}>
        {draft.status.steps.map((step, index) => (
          <li key={index}>
            <span aria-hidden="true">·</span>
            <p>
              {ownValue(STEP_WORDS, step.act) ?? step.act} by {step.by} <When at={step.at} inline />
              {step.note === null ? null : <span className="second">{step.note}</span>}
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The version that the draft is compared with, if any. */
function before({ became, base, moved_by }: Draft): string {
  const number = moved_by?.number ?? base?.number;
  return number == null ? 'Before' : `${became === null ? 'In force' : 'Before'}, v${number}`;
}
