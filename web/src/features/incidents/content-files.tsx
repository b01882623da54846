import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { api, client as calls, makeFile, queries, routes, sendFile } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FileDrop } from '../../ui/file-drop.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Hash } from '../../ui/hash.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { useProof } from '../account/proof.tsx';
import { sizeWords } from '../imports/words.ts';
import { rereadIncidents } from './words.ts';

type ContentList = Awaited<ReturnType<typeof calls.activity.content.list>>;
type ContentFile = ContentList['items'][number];

const GONE: Readonly<Record<NonNullable<ContentFile['gone']>['why'], string>> = {
  over: 'its last day had passed',
  by_hand: 'before its last day',
  key_lost: 'its key was lost',
};

async function reread(): Promise<void> {
  await queries.invalidateQueries({ queryKey: api.activity.content.key() });
  await rereadIncidents();
}

interface CardProps {
  readonly slug: string;
  /** Id of the incident; left out: files of all incidents. */
  readonly incident?: string;
}

/** Files with content of conversations: stored encrypted, with an end date, and opened only after two people agree. */
export function ContentFiles({ slug, incident }: CardProps) {
  const mayList = useMay('activity.read');
  const load = useQuery({
    ...api.activity.content.list.queryOptions({
      input: { client: slug, ...(incident === undefined ? {} : { incident }) },
    }),
    enabled: mayList,
  });
  const [attaching, setAttaching] = useState(false);
  if (!mayList) return null;
  if (load.data === undefined)
    return (
      <Card title="Content of conversations">
        <LoadFailed load={load} what="The attached files could not be loaded." />
      </Card>
    );
  const { items } = load.data;
  const open = new Set(load.data.cases.map(({ id }) => id));
  const cases = load.data.cases.filter(({ id }) => incident === undefined || id === incident);
  if (items.length === 0 && cases.length === 0) return null;
  return (
    <Card title="Content of conversations">
      <Stack gap="md">
        {items.length === 0 ? (
          <p className="muted">
            No file is attached. A Primary Owner’s export is kept here encrypted until its last day, and can
            be opened only once two people have agreed.
          </p>
        ) : (
          <ul aria-label="Attached files">
            {items.map((file) => (
              <li key={file.id}>
                <OneFile slug={slug} file={file} isOpen={open.has(file.incident.id)} />
              </li>
            ))}
          </ul>
        )}
        {cases.length > 0 ? (
          <Row gap="md">
            <Button onClick={() => setAttaching(true)}>Attach a file…</Button>
          </Row>
        ) : null}
      </Stack>
      {attaching ? <AttachDialog slug={slug} cases={cases} onClose={() => setAttaching(false)} /> : null}
    </Card>
  );
}

interface OneFileProps {
  readonly slug: string;
  readonly file: ContentFile;
  readonly isOpen: boolean;
}

function OneFile({ slug, file, isOpen }: OneFileProps) {
  const [asking, setAsking] = useState<'open' | 'destroy' | null>(null);
  const withProof = useProof();
  const { opening, gone } = file;
  const open = useMutation({
    mutationFn: (id: string) =>
      withProof(() =>
        makeFile(routes.activity.content.open, { client: slug, contentFile: file.id, opening: id }),
      ),
    onError: failed,
    onSettled: reread,
  });
  return (
    <>
      <p>
        {file.name} <span className="muted">{sizeWords(file.bytes)}</span>
        <span className="second">
          {file.incident.code}, {file.added.by}, <When at={file.added.at} inline />. SHA-256{' '}
          <Hash sha={file.sha256} />
        </span>
        <span className="second">
          {gone === null ? (
            `Kept encrypted until the end of ${dayWords(file.until)}.`
          ) : (
            <>
              Destroyed by {gone.by}, <When at={gone.at} inline />: {GONE[gone.why]}.
            </>
          )}
        </span>
        {opening?.state === 'waiting' ? (
          <span className="second">
            You asked: {opening.agreed} of {opening.needed} agreed. The others will find the request on the
            client’s page.
          </span>
        ) : null}
        {opening?.state === 'refused' ? <span className="second">Opening it was refused.</span> : null}
      </p>
      {gone !== null || !file.canOpen ? null : (
        <Row gap="sm">
          {!isOpen ? null : opening?.state === 'agreed' ? (
            <Button size="xs" loading={open.isPending} onClick={() => open.mutate(opening.id)}>
              Open it, on record
            </Button>
          ) : opening?.state === 'waiting' ? null : (
            <Button size="xs" onClick={() => setAsking('open')}>
              Ask to open it…
            </Button>
          )}
          <Button size="xs" onClick={() => setAsking('destroy')}>
            Destroy it…
          </Button>
        </Row>
      )}
      {asking === null ? null : (
        <ReasonDialog slug={slug} file={file} act={asking} onClose={() => setAsking(null)} />
      )}
    </>
  );
}

interface ReasonProps {
  readonly slug: string;
  readonly file: ContentFile;
  readonly act: 'open' | 'destroy';
  readonly onClose: () => void;
}

function ReasonDialog({ slug, file, act, onClose }: ReasonProps) {
  const fields = useFields(
    { reason: '' },
    { reason: needed('Say why. The reason is recorded in the audit log.') },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={act === 'open' ? 'Ask to open the attached file' : 'Destroy the attached file'}
      submit={act === 'open' ? 'Ask, on record' : 'Destroy it'}
      onSubmit={async () => {
        if (!fields.check()) return false;
        const input = { client: slug, contentFile: file.id, reason: fields.values.reason.trim() };
        await (act === 'open' ? calls.activity.content.ask(input) : calls.activity.content.remove(input));
        await reread();
        return true;
      }}
    >
      <p>
        {act === 'open'
          ? 'Two of the people named in the charter have to agree, each from their own account. Who asked, why, who agreed and each opening are recorded in the audit log.'
          : `“${file.name}” can no longer be opened after that. Only an earlier backup can bring it back.`}
      </p>
      <Textarea label="Why" autosize minRows={2} {...fields.text('reason')} />
    </FormDialog>
  );
}

interface AttachProps {
  readonly slug: string;
  readonly cases: ContentList['cases'];
  readonly onClose: () => void;
}

function AttachDialog({ slug, cases, onClose }: AttachProps) {
  const [file, setFile] = useState<File | null>(null);
  const withProof = useProof();
  const fields = useFields(
    { until: '', incident: cases.length === 1 ? (cases[0]?.id ?? '') : '' },
    {
      until: needed('Choose the last day to keep it.'),
      incident: needed('Choose the incident it is needed for.'),
    },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Attach a file with content"
      submit="Attach it"
      onSubmit={async () => {
        if (!fields.check() || file === null) return false;
        const input = {
          client: slug,
          incident: fields.values.incident,
          name: file.name,
          until: fields.values.until,
        };
        await withProof(() => sendFile(routes.activity.content.attach, input, file));
        await reread();
        await done('Attached and encrypted. Now delete your own copy.');
        return true;
      }}
    >
      <p>
        A Primary Owner’s export, limited to the scope of the incident. It is encrypted as it is uploaded, and
        nothing is read from it.
      </p>
      {file === null ? (
        <FileDrop
          label="Drop the file here"
          hint="One file of up to 8 GB"
          single
          onFiles={([one]) => setFile(one ?? null)}
        />
      ) : (
        <p>
          {file.name} <span className="muted">{sizeWords(file.size)}</span>
        </p>
      )}
      {cases.length === 1 ? null : (
        <NativeSelect
          label="Incident"
          data={[
            { value: '', label: 'Choose' },
            ...cases.map(({ id, code, title }) => ({ value: id, label: `${code} ${title}` })),
          ]}
          {...fields.text('incident')}
        />
      )}
      <TextInput
        label="Last day"
        description="At most 90 days from today. It is destroyed at the end of that day."
        type="date"
        {...fields.text('until')}
      />
    </FormDialog>
  );
}
// Guide: G5.2-04
