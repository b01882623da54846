import { Button, Checkbox, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { count, sentence } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { linkStatus } from '../../ui/link-status.ts';
import { useReturnFocus } from '../../ui/return-focus.ts';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { useProof } from '../account/proof.tsx';
import type { ImportSource } from './words.ts';

type UploadLink = Awaited<ReturnType<typeof calls.imports.links>>['items'][number];
type Made = Awaited<ReturnType<typeof calls.imports.addLink>>;

const DAYS = ['7', '14', '30', '60', '90'];

/** Links through which people without an account submit files, which wait as an import. */
export function UploadLinksCard({ sources }: { sources: readonly ImportSource[] }) {
  const { slug } = useClientHere();
  const mayWrite = useMay('imports.write');
  const load = useQuery(api.imports.links.queryOptions({ input: { client: slug } }));
  const [making, setMaking] = useState(false);
  const [created, setCreated] = useState<Made | null>(null);
  useReturnFocus(created !== null);
  const [revoking, setRevoking] = useState<UploadLink | null>(null);
  if (load.data === undefined) return <LoadFailed load={load} what="The links could not be loaded." />;
  const { items } = load.data;
  if (items.length === 0 && !mayWrite) return null;
  return (
    <Card
      title="Ask someone for files"
      foot={
        mayWrite ? (
          <Button size="xs" onClick={() => setMaking(true)}>
            Create a link…
          </Button>
        ) : undefined
      }
    >
      {items.length === 0 ? (
        <p className="muted">
          Someone without an account can send files through a link that expires on a day you choose. The files
          wait here as an import until you review and store it.
        </p>
      ) : (
        <Stack as="ul" gap="md">
          {items.map((link) => (
            <li key={link.id}>
              <Row justify="between" gap="md">
                <span className="wraps">
                  {link.label}
                  <span className="second">
                    {linkStatus(link)} · by {link.madeBy} · {count(link.files, 'file')} received
                  </span>
                  {link.import === null ? null : (
                    <Link to="/c/$client/imports/$import" params={{ client: slug, import: link.import }}>
                      Open the import
                    </Link>
                  )}
                </span>
                {mayWrite && link.state === 'open' ? (
                  <Button
                    size="xs"
                    onClick={() => setRevoking(link)}
                    aria-label={`Revoke the link for ${link.label}`}
                  >
                    Revoke
                  </Button>
                ) : null}
              </Row>
            </li>
          ))}
        </Stack>
      )}
      {making ? <MakeLink sources={sources} onClose={() => setMaking(false)} onMade={setCreated} /> : null}
      <Modal
        opened={created !== null}
        onClose={() => setCreated(null)}
        withCloseButton={false}
        title="The address for sending files"
      >
        <Stack gap="lg">
          {created?.mail === 'sent' ? <p>The address was mailed.</p> : null}
          {created?.mail === 'failed' ? (
            <Notice mark="cannot_read">
              The email could not be sent. Give the address to the person another way.
            </Notice>
          ) : null}
          <p>
            It is shown only once. Anyone who has it can send files for this client but sees nothing else.
          </p>
          {created === null ? null : <CopyValue value={created.address} name="the address" />}
          <Row gap="md">
            <Button variant="filled" onClick={() => setCreated(null)}>
              Done
            </Button>
          </Row>
        </Stack>
      </Modal>
      <FormDialog
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title="Revoke this link"
        submit="Revoke link"
        final
        onSubmit={async () => {
          if (revoking === null) return true;
          await calls.imports.revokeLink({ client: slug, uploadLink: revoking.id });
          await done('The link no longer accepts files.', api.imports.key());
          return true;
        }}
      >
        <p>
          Anyone who has the link for “{revoking?.label}” can no longer send files. What they have already
          sent stays.
        </p>
      </FormDialog>
    </Card>
  );
}

interface MakeLinkProps {
  readonly sources: readonly ImportSource[];
  readonly onClose: () => void;
  readonly onMade: (made: Made) => void;
}

function MakeLink({ sources, onClose, onMade }: MakeLinkProps) {
  const { slug } = useClientHere();
  const withProof = useProof();
  const [kinds, setKinds] = useState<readonly string[]>([]);
  const fields = useFields(
    { label: '', email: '', days: '14' },
    { label: needed('Say who the link is for.') },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Ask someone for files"
      submit="Create link"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { label, days, email } = fields.values;
        const created = await withProof(() =>
          calls.imports.addLink({
            client: slug,
            label: label.trim(),
            days: Number(days),
            kinds: [...kinds],
            ...(email.trim() === '' ? {} : { email: email.trim() }),
          }),
        );
        await done('The link was created.', api.imports.key());
        onClose();
        onMade(created);
        return false;
      }}
    >
      <Stack gap="lg">
        <TextInput label="For whom" maxLength={120} {...fields.text('label')} />
        <TextInput
          label="Mail the address to"
          description="If left empty, pass it on yourself."
          type="email"
          {...fields.text('email')}
        />
        <NativeSelect
          label="Ends after"
          data={DAYS.map((value) => ({ value, label: `${value} days` }))}
          {...fields.text('days')}
        />
        <Checkbox.Group label="Files you need" value={[...kinds]} onChange={setKinds}>
          <Stack gap="md">
            {sources.map(({ kind, name, state }) => (
              <Checkbox
                key={kind}
                value={kind}
                label={`${sentence(name)}${state === 'fresh' ? '' : state === 'stale' ? ', out of date' : ', missing'}`}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      </Stack>
    </FormDialog>
  );
}
