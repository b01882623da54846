import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { PolicyEditor } from './editor.tsx';
import { Clauses, Differences, LeftOut, PolicyText, Reading } from './parts.tsx';
import { policyVersionRoute } from './routes.tsx';
import { DRAFT_WORDS, type Draft, LANGUAGE_WORDS, noTextWords, STEP_WORDS } from './words.ts';

/** A draft of the policy: its text, its changes, and what comes next. */
export function DraftPage({ id }: { id: string }) {
  const { slug } = useClientHere();
  const { open } = policyVersionRoute.useSearch();
  const navigate = policyVersionRoute.useNavigate();
  const load = useQuery(api.policy.draft.show.queryOptions({ input: { client: slug, policyDraft: id } }));
  const close = () => void navigate({ search: () => ({}) });
  return (
    <>
      <DetailPage
        title={(data: Draft) => `Policy, version ${data.becomes}, ${DRAFT_WORDS[data.state].toLowerCase()}`}
        permission="policy.read"
        load={load}
        meta={(data) => (
          <>
            Started by {data.madeBy} · changed by {data.changedBy} <When at={data.changedAt} inline />
          </>
        )}
        work={(data) => (
          <>
            {data.may.edit && data.state === 'draft' ? (
              <PolicyEditor draft={data} />
            ) : (
              <>
                <PolicyText content={data.filled} />
                {data.translations.map(({ language, filled }) =>
                  filled === null ? null : <PolicyText key={language} content={filled} language={language} />,
                )}
              </>
            )}
            <Differences against={data.against} label={data.becomes} differences={data.differences} />
          </>
        )}
        evidence={(data) => (
          <>
            <Next key={data.version} draft={data} />
            <Clauses clauses={data.clauses} slug={slug} />
            {data.may.edit && data.state === 'draft' ? null : <LeftOut leftOut={data.leftOut} />}
            <Reading readability={data.readability} />
          </>
        )}
      />
      {open === undefined || load.data === undefined ? null : (
        <EndDialog draft={load.data} act={open} onClose={close} />
      )}
    </>
  );
}

/** Fields whose value is the same in every language. */
const NAMES = ['organization', 'domains', 'contact_address'];

/** Whether a translation still has the English text of a field. */
function isLeftInEnglish({ fields }: Pick<Draft['translations'][number]['start'], 'fields'>) {
  return ({ id, value, given }: Draft['fields'][number]) =>
    !given && !NAMES.includes(id) && value.trim() !== '' && (fields[id] ?? '').trim() === '';
}

/** What blocks the draft, whom it waits for, and the viewer's next action. */
function Next({ draft }: { draft: Draft }) {
  const { slug } = useClientHere();
  const navigate = policyVersionRoute.useNavigate();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const input = { client: slug, policyDraft: draft.id, version: draft.version };
  const act = async (work: () => Promise<Draft>, words: (draft: Draft) => string) => {
    setBusy(true);
    setFailure(null);
    try {
      await done(words(await work()));
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      setBusy(false);
      await queries.invalidateQueries();
    }
  };
  return (
    <Card title="Approval">
      <Stack>
        {draft.waiting === null ? null : <p>{draft.waiting}</p>}
        {draft.whyNot === null ? null : <p className="muted">{draft.whyNot}</p>}
        {draft.dataUnnamed.length === 0 ? null : (
          <p>Approved connectors reach data the text does not name: {draft.dataUnnamed.join('; ')}.</p>
        )}
        {draft.state !== 'draft' || draft.faults.length === 0 ? null : (
          <>
            <p>Before you can send it for approval:</p>
            <ul>
              {draft.faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          </>
        )}
        {draft.state === 'draft' || draft.state === 'proposed'
          ? draft.translations.map(({ language, text, stale }) =>
              text === null ? (
                <p key={language} className="muted">
                  {noTextWords(language)}
                </p>
              ) : (
                <Fragment key={language}>
                  {stale.length === 0 ? null : (
                    <p>
                      The {LANGUAGE_WORDS[language]} text is older than the English one in{' '}
                      {count(stale.length, 'place')}.
                    </p>
                  )}
                  {draft.fields.filter(isLeftInEnglish(text)).map(({ id, value }) => (
                    <p key={id}>
                      The {LANGUAGE_WORDS[language]} text says “{value}” in English. Give it in{' '}
                      {LANGUAGE_WORDS[language]}, unless it is a name.
                    </p>
                  ))}
                </Fragment>
              ),
            )
          : null}
        <p role="alert" hidden={failure === null}>
          {failure}
        </p>
        <Row className="screen-only">
          {draft.state === 'published' ? (
            <LinkButton href={`/c/${slug}/policy`} variant="filled">
              See who acknowledged it
            </LinkButton>
          ) : null}
          {draft.may.edit && draft.state === 'draft' ? (
            <Button
              variant="filled"
              loading={busy}
              disabled={draft.faults.length > 0}
              onClick={() =>
                void act(
                  () => calls.policy.draft.propose(input),
                  () => 'Sent for approval.',
                )
              }
            >
              Send for approval
            </Button>
          ) : null}
          {draft.may.approve ? (
            <>
              <Button
                variant="filled"
                loading={busy}
                onClick={() =>
                  void act(
                    () => calls.policy.draft.approve(input),
                    () => `Version ${draft.becomes} is published.`,
                  )
                }
              >
                Approve and publish
              </Button>
              <Button onClick={() => void navigate({ search: () => ({ open: 'return' }) })}>
                Ask for changes
              </Button>
            </>
          ) : null}
          {draft.may.edit ? (
            <Button onClick={() => void navigate({ search: () => ({ open: 'withdraw' }) })}>Withdraw</Button>
          ) : null}
        </Row>
        <ol>
          {draft.steps.map((step, at) => (
            <li key={at}>
              {ownValue(STEP_WORDS, step.act) ?? step.act} by {step.by} <When at={step.at} inline />
              {step.note === null ? null : <span className="second">{step.note}</span>}
            </li>
          ))}
        </ol>
      </Stack>
    </Card>
  );
}

function EndDialog({
  draft,
  act,
  onClose,
}: {
  draft: Draft;
  act: 'return' | 'withdraw';
  onClose: () => void;
}) {
  const { slug } = useClientHere();
  const fields = useFields({ reason: '' }, { reason: needed('Briefly say why.') });
  const withdraws = act === 'withdraw';
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={withdraws ? 'Withdraw the draft' : 'Ask for changes'}
      submit={withdraws ? 'Withdraw' : 'Send back'}
      final={withdraws}
      onSubmit={async () => {
        if (!fields.check()) return false;
        const input = {
          client: slug,
          policyDraft: draft.id,
          version: draft.version,
          reason: fields.values.reason.trim(),
        };
        await (withdraws ? calls.policy.draft.withdraw(input) : calls.policy.draft.askForChanges(input));
        await done(
          withdraws ? 'The draft was withdrawn.' : 'The draft was sent back to its editors.',
          api.policy.key(),
        );
        return true;
      }}
    >
      <Textarea label="Why" autosize minRows={2} maxLength={2000} data-autofocus {...fields.text('reason')} />
    </FormDialog>
  );
}
// Guide: G8-00 G8-01
