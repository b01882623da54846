import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { reread } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useSession } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Icon } from '../../ui/icon.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import { When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import classes from './charter.module.css';
import { useLeavesOpen } from './questions.ts';
import { charterVersionRoute } from './routes.tsx';
import type { Draft } from './words.ts';

/** Who submitted and approved the draft, what is missing, and the viewer's next action. */
export function ApprovalCard({ draft }: { draft: Draft }) {
  const { slug } = useClientHere();
  const { status } = draft;
  const session = useSession();
  const mayInvite = session.may('users.manage', null);
  const navigate = charterVersionRoute.useNavigate();
  const leavesOpen = useLeavesOpen(slug, draft);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const act = async (work: () => Promise<Draft>, done: (draft: Draft) => string) => {
    setBusy(true);
    setFailure(null);
    try {
      const answer = await work();
      toast({ kind: 'done', text: done(answer) });
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      await reread([]);
      setBusy(false);
    }
  };
  useUnsaved(() => note.trim() !== '' && !busy);
  const input = { client: slug, draft: draft.id, version: draft.version };
  const open = (dialog: 'return' | 'refuse') =>
    void navigate({ search: (was) => ({ ...was, open: dialog }) });
  return (
    <Card title="Approval" aside={`${status.approvals.given} of ${status.approvals.needed}`}>
      <Stack>
        <ol className={classes.trail}>
          {draft.proposed === null ? null : (
            <li>
              <Icon name="tick" />
              <p>
                <strong>{draft.proposed.by}</strong>
                <span className="second">
                  Sent for approval <When at={draft.proposed.at} inline />
                </span>
              </p>
            </li>
          )}
          {status.given.map((one) => (
            <li key={`${one.by} ${one.at}`}>
              <Icon name={one.counts ? 'tick' : 'minus'} />
              <p>
                <strong>{one.by}</strong>
                <span className="second">
                  {one.counts ? 'Approved' : 'Approved an earlier version of it'} <When at={one.at} inline />
                  {one.note === null ? '' : `: ${one.note}`}
                </span>
              </p>
            </li>
          ))}
        </ol>
        <p>{status.next}</p>
        {status.faults.length === 0 ? null : (
          <ul className={classes.trail}>
            {status.faults.map((fault) => (
              <li key={fault}>
                <Icon name="minus" />
                <p>{fault}</p>
              </li>
            ))}
          </ul>
        )}
        {status.why === null ? null : <p className="muted">{status.why}</p>}
        {draft.became === null ? null : (
          <Row className="screen-only">
            <LinkButton href={`/c/${slug}`} variant="filled">
              See what to do next
            </LinkButton>
          </Row>
        )}
        {status.step === 'approve' && status.approvers.length === 0 ? (
          <Row className="screen-only">
            {mayInvite ? (
              <LinkButton href="/access" variant="filled">
                Invite or confirm someone
              </LinkButton>
            ) : (
              <LinkButton href="/me">Your account</LinkButton>
            )}
            <SetUpMail />
          </Row>
        ) : null}
        {status.may.approve ? (
          <Textarea
            label="Note for the record, optional"
            autosize
            minRows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        ) : null}
        <p role="alert" hidden={failure === null}>
          {failure}
        </p>
        <Row className="screen-only">
          {status.may.propose ? (
            <Button
              // The filled button of the page is the next thing to do: the answers, while some are missing.
              variant={leavesOpen ? 'default' : 'filled'}
              loading={busy}
              onClick={() =>
                void act(
                  () => calls.charter.draft.propose(input),
                  () => 'Sent for approval.',
                )
              }
            >
              Send for approval
            </Button>
          ) : null}
          {status.may.approve ? (
            <Button
              variant="filled"
              loading={busy}
              onClick={() =>
                void act(
                  () =>
                    calls.charter.draft.approve({
                      ...input,
                      ...(note.trim() === '' ? {} : { note: note.trim() }),
                    }),
                  (answer) =>
                    answer.became === null
                      ? 'Approved. A second approver puts it in force.'
                      : `Version ${answer.became} is in force.`,
                )
              }
            >
              {status.approvals.given + 1 < status.approvals.needed ? 'Approve' : 'Approve and put in force'}
            </Button>
          ) : null}
          {status.may.refuse ? (
            <>
              <Button onClick={() => open('return')}>Ask for changes</Button>
              <Button onClick={() => open('refuse')}>Refuse</Button>
            </>
          ) : null}
        </Row>
      </Stack>
    </Card>
  );
}

/** Link to set up mail, which can verify accounts; shown only if it is not set up and the viewer may do so. */
function SetUpMail() {
  const may = useSession().may('workspace.settings', null);
  const settings = useQuery(api.settings.get.queryOptions({ input: {}, enabled: may }));
  return settings.data?.mail === null ? <LinkButton href="/settings">Set up mail</LinkButton> : null;
}
