import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { REQUEST_STATE_WORDS } from '../../../../src/domain/requests/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Stack } from '../../ui/layout.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { AskDialog } from './ask-dialog.tsx';
import classes from './requests.module.css';
import { askRoute } from './routes.tsx';
import type { Mine } from './words.ts';

type Own = Mine['items'][number];

/** The page for the client's staff: approved connectors in plain words, their own requests, and a form to ask. */
export function AskPage() {
  const { slug, name } = useClientHere();
  const { open, department } = askRoute.useSearch();
  const navigate = askRoute.useNavigate();
  const load = useQuery(api.requests.mine.queryOptions({ input: { client: slug } }));
  const show = (dialog: 'ask' | undefined) =>
    void navigate({ search: dialog === undefined ? {} : { open: dialog } });
  return (
    <>
      <Page<Mine>
        title="Your connectors"
        permission="requests.ask"
        load={load}
        className={classes.body}
        meta={`What Claude may be connected to at ${name}`}
        actions={
          <Button variant="filled" onClick={() => show('ask')}>
            Request a connector
          </Button>
        }
      >
        {(data) => (
          <>
            <Card title="Approved">
              {data.approved.length === 0 ? (
                <p className="muted">
                  {data.charter
                    ? 'No connector is approved. Do not connect anything until one is.'
                    : 'Nothing has been decided yet, so no connector is approved. Do not connect anything until one is.'}
                </p>
              ) : (
                <Stack as="ul">
                  {data.approved.map((one) => (
                    <li key={one.name} className={classes.line}>
                      <h3>{one.name}</h3>
                      <p>{one.words}</p>
                      {one.until === null ? null : (
                        <p className="muted">
                          {one.ended
                            ? `Its approval ended on ${dayWords(one.until)}. Ask before you continue to use it.`
                            : `Approved until ${dayWords(one.until)}.`}
                        </p>
                      )}
                    </li>
                  ))}
                </Stack>
              )}
            </Card>
            <Card title="My requests">
              {data.items.length === 0 ? (
                <p className="muted">You have not requested any connectors.</p>
              ) : (
                <Stack as="ul">
                  {data.items.map((one) => (
                    <OwnRequest key={one.id} slug={slug} request={one} />
                  ))}
                </Stack>
              )}
            </Card>
          </>
        )}
      </Page>
      {open === 'ask' && load.data !== undefined ? (
        <AskDialog mine={load.data} department={department ?? ''} onClose={() => show(undefined)} />
      ) : null}
    </>
  );
}

function OwnRequest({ slug, request: one }: { slug: string; request: Own }) {
  const [busy, setBusy] = useState(false);
  const withdraw = async () => {
    setBusy(true);
    try {
      await calls.requests.withdraw({ client: slug, request: one.id, version: one.version });
      toast({ kind: 'done', text: `The request for ${one.name} is withdrawn.` });
    } catch (error) {
      toast({ kind: 'failed', text: explainError(error).text });
    } finally {
      await queries.invalidateQueries({ queryKey: api.requests.key() });
      setBusy(false);
    }
  };
  return (
    <li className={classes.line}>
      <h3>
        {one.name}: {REQUEST_STATE_WORDS[one.state]}
        {one.until === null
          ? ''
          : one.state === 'lapsed'
            ? ` on ${dayWords(one.until)}`
            : ` until ${dayWords(one.until)}`}
      </h3>
      <p>{one.purpose}</p>
      <p className="muted">
        Asked <When at={one.asked.at} inline />
        {one.decided === null
          ? ''
          : `. Decided by ${one.decided.by}${one.reason === null ? '' : `: ${one.reason}`}`}
      </p>
      {one.mayWithdraw ? (
        <Button
          size="xs"
          loading={busy}
          aria-label={`Withdraw the request for ${one.name}`}
          onClick={() => void withdraw()}
        >
          Withdraw
        </Button>
      ) : null}
    </li>
  );
}
