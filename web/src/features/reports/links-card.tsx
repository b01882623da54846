import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { linkStatus } from '../../ui/link-status.ts';
import { SecretDialog } from '../../ui/secret-dialog.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { useProof } from '../account/proof.tsx';
import classes from './reports.module.css';

type Link = Awaited<ReturnType<typeof calls.reports.links>>['items'][number];

const DAYS = ['7', '14', '30', '60', '90'];

/** Links for people without an account to read this report: who created them, and how often they were opened. */
export function LinksCard({ report }: { report: string }) {
  const { slug } = useClientHere();
  const mayShare = useMay('reports.share');
  const load = useQuery(api.reports.links.queryOptions({ input: { client: slug, report } }));
  const [making, setMaking] = useState(false);
  const [address, setAddress] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<Link | null>(null);
  if (load.data === undefined) return <LoadFailed load={load} what="The links could not be loaded." />;
  const { items } = load.data;
  return (
    <Card
      title="Links for people without an account"
      foot={
        mayShare ? (
          <Button size="xs" onClick={() => setMaking(true)}>
            Create a link…
          </Button>
        ) : undefined
      }
      flush={items.length > 0}
    >
      {items.length === 0 ? (
        <p className="muted">
          A board can read this report without signing in, through a link that expires on a date you choose.
          {mayShare ? null : ' An Owner or a Client admin creates the link.'}
        </p>
      ) : (
        <ul>
          {items.map((link) => (
            <li key={link.id} className={classes.file}>
              <span>
                {link.label}
                <span className="second">
                  {linkStatus(link)} · by {link.madeBy} ·{' '}
                  {link.opened === 0 ? 'not opened yet' : `opened ${count(link.opened, 'time')}`}
                  {link.lastOpenedAt === null ? null : (
                    <>
                      , last <When at={link.lastOpenedAt} inline />
                    </>
                  )}
                </span>
              </span>
              {mayShare && link.state === 'open' ? (
                <Button
                  size="xs"
                  onClick={() => setRevoking(link)}
                  aria-label={`Revoke the link for ${link.label}`}
                >
                  Revoke
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {making ? <MakeLink report={report} onClose={() => setMaking(false)} onMade={setAddress} /> : null}
      <SecretDialog
        title="The address of the report"
        secret={address}
        name="the address"
        onClose={() => setAddress(null)}
      >
        <p>Send it to the people it is for; anyone who has it can read the report.</p>
      </SecretDialog>
      <FormDialog
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title="Revoke this link"
        submit="Revoke link"
        final
        onSubmit={async () => {
          if (revoking === null) return true;
          await calls.reports.revokeLink({ client: slug, report, link: revoking.id });
          await done('The link no longer opens the report.', api.reports.key());
          return true;
        }}
      >
        <p>Anyone who has the link for “{revoking?.label}” can no longer open the report.</p>
      </FormDialog>
    </Card>
  );
}

interface MakeLinkProps {
  readonly report: string;
  readonly onClose: () => void;
  readonly onMade: (address: string) => void;
}

function MakeLink({ report, onClose, onMade }: MakeLinkProps) {
  const { slug } = useClientHere();
  const withProof = useProof();
  const fields = useFields({ label: 'The board', days: '30' }, { label: needed('Say who the link is for.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Create a link"
      submit="Create link"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { label, days } = fields.values;
        const created = await withProof(() =>
          calls.reports.addLink({ client: slug, report, label: label.trim(), days: Number(days) }),
        );
        await done('The link was created.', api.reports.key());
        onClose();
        onMade(created.address);
        return false;
      }}
    >
      <Stack gap="lg">
        <p>
          Anyone who has the address can read the board’s report without signing in. The appendix and all
          other pages stay closed. Each opening is in the audit log.
        </p>
        <TextInput label="For whom" maxLength={120} {...fields.text('label')} />
        <NativeSelect
          label="Ends after"
          data={DAYS.map((value) => ({ value, label: `${value} days` }))}
          {...fields.text('days')}
        />
      </Stack>
    </FormDialog>
  );
}
