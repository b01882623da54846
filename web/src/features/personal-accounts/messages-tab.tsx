import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import classes from './personal-accounts.module.css';
import type { List, Wording } from './words.ts';

interface MessagesTabProps {
  readonly list: List;
  readonly onSettings: () => void;
  readonly onEdit: (kind: string) => void;
  readonly onManagers: () => void;
}

/** The contact for holders, whether Bylaw sends reminders, and the text of every message. */
export function MessagesTab({ list, onSettings, onEdit, onManagers }: MessagesTabProps) {
  const { slug } = useClientHere();
  const mayWork = useMay('people.decide');
  const load = useQuery(api.personalAccounts.messages.texts.queryOptions({ input: { client: slug } }));
  return (
    <div className={classes.tab}>
      <Settings list={list} mayWork={mayWork} onSettings={onSettings} />
      <LoadFailed load={load} what="The messages could not be loaded." />
      <Columns min="24rem" gap="lg">
        {(load.data?.items ?? []).map((one) => (
          <Message
            key={one.kind}
            wording={one}
            mayWork={mayWork}
            onEdit={() => onEdit(one.kind)}
            onManagers={onManagers}
          />
        ))}
      </Columns>
    </div>
  );
}

function Settings({
  list: { settings, mail },
  mayWork,
  onSettings,
}: {
  readonly list: List;
  readonly mayWork: boolean;
  readonly onSettings: () => void;
}) {
  const { contact } = settings;
  return (
    <Card
      title="Contact and reminders"
      aside={
        mayWork ? (
          <Button size="xs" onClick={onSettings}>
            Change…
          </Button>
        ) : undefined
      }
      {...(settings.changed === null
        ? {}
        : {
            foot: (
              <>
                Changed by {settings.changed.by}, <When at={settings.changed.at} inline />
              </>
            ),
          })}
    >
      <Stack>
        {mail.why === null ? null : (
          <Notice mark="info">{mail.why} Messages can be copied and marked as sent manually.</Notice>
        )}
        <Facts
          facts={[
            [
              'Holders can ask',
              contact === null ? (
                <span key="contact" className="muted">
                  No one is set
                </span>
              ) : (
                `${contact.name === null ? '' : `${contact.name}, `}${contact.address}${settings.contactAddress === null ? ' (account owner of the charter)' : ''}`
              ),
            ],
            [
              'Policy',
              settings.policyUrl ?? (
                <span key="policy" className="muted">
                  No address is set
                </span>
              ),
            ],
            [
              'Reminders',
              settings.reminders
                ? `Bylaw reminds after ${settings.remindAfter === 1 ? '1 day' : `${settings.remindAfter} days`} of silence, ${settings.maxReminders === 1 ? 'once' : `${settings.maxReminders} times`} at most, on working days`
                : 'Off: no one is reminded unless someone sends a reminder',
            ],
          ]}
        />
      </Stack>
    </Card>
  );
}

interface MessageProps {
  readonly wording: Wording;
  readonly mayWork: boolean;
  readonly onEdit: () => void;
  readonly onManagers: () => void;
}

function Message({ wording, mayWork, onEdit, onManagers }: MessageProps) {
  const { written, proposed, sources } = wording;
  return (
    <Card
      title={wording.title}
      aside={
        mayWork ? (
          <Row>
            {wording.audience === 'managers' ? (
              <Button size="xs" onClick={onManagers}>
                Send…
              </Button>
            ) : null}
            <Button size="xs" onClick={onEdit}>
              Edit<span className="hidden-text"> {wording.title}</span>…
            </Button>
          </Row>
        ) : undefined
      }
      foot={
        written === null ? (
          `Bylaw’s template of ${dayWords(proposed.asOf)}`
        ) : (
          <>
            Version {wording.version}, edited by {written.by}, <When at={written.at} inline />
          </>
        )
      }
    >
      <Stack>
        <p>
          {wording.purpose}{' '}
          <span className="muted">
            {wording.sent === 0
              ? 'Not sent yet.'
              : `Sent ${wording.sent === 1 ? 'once' : `${wording.sent} times`}.`}
          </span>
        </p>
        {wording.problem === null ? null : <Notice mark="cannot_read">{wording.problem}</Notice>}
        <p className="wraps">
          <span className="muted">Subject</span> {wording.subject}
        </p>
        <CopyText label={`Text of ${wording.title}`} text={wording.text} />
        {sources.length === 0 ? null : (
          <p className="muted">
            Facts about Claude in it:{' '}
            {sources.map((source) => (
              <a key={source.url} href={source.url} rel="noreferrer">
                {source.title}, read {dayWords(source.read)}
              </a>
            ))}
          </p>
        )}
      </Stack>
    </Card>
  );
}
