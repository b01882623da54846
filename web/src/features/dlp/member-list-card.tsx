import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExactKind } from '../../../../src/domain/dlp/exact.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { MemberListForm, type OpenedList } from './member-list-form.tsx';
import { WaitingGuard } from './waiting-guard.tsx';
import { guardSavedWords } from './words.ts';

type Shown = Awaited<ReturnType<typeof calls.dlp.memberList.show>>;

const KINDS: Readonly<Record<ExactKind, string>> = {
  mail: 'email addresses',
  phone: 'phone numbers',
  member_number: 'member numbers',
  name_and_birth: 'names with a date of birth',
};

/** The index of the client's own member list: built in the browser and stored without the list. */
export function MemberListCard() {
  const { slug } = useClientHere();
  const load = useQuery(api.dlp.memberList.show.queryOptions({ input: { client: slug } }));
  const mayEdit = useMay('detections.edit');
  return (
    <Card title="The association’s own member list">
      <Stack>
        <p className="measure">
          Prompts can be searched for the members themselves: their email addresses, phone numbers and member
          numbers, and their names with a date of birth. Choose the list, and this browser makes an index of
          it. Only the index is stored. The list stays on your computer, and no one can read it from the
          index.
        </p>
        <LoadFailed load={load} what="The index could not be loaded." />
        {load.data === undefined ? null : <Waiting shown={load.data} />}
        {load.data === undefined ? null : <Stored shown={load.data} mayEdit={mayEdit} />}
        {load.data === undefined || !mayEdit ? null : (
          <Choose key={`${load.data.version} ${load.data.proposed?.id ?? ''}`} version={load.data.version} />
        )}
      </Stack>
    </Card>
  );
}

/** A replacement or removal of the stored index that waits for a second person's approval. */
function Waiting({ shown: { proposed } }: { shown: Shown }) {
  if (proposed === null) return null;
  return (
    <WaitingGuard
      about="The index of the member list"
      words={
        proposed.counts === null
          ? 'The index would be removed.'
          : `An index of ${count(proposed.counts.people, 'member')} would replace this one.`
      }
      proposed={proposed}
    />
  );
}

function Stored({ shown: { list, version }, mayEdit }: { shown: Shown; mayEdit: boolean }) {
  const { slug } = useClientHere();
  const [removing, setRemoving] = useState(false);
  if (list === null) return <p className="muted">There is no index yet.</p>;
  const kinds = (Object.keys(KINDS) as ExactKind[]).filter((kind) => (list.values[kind] ?? 0) > 0);
  return (
    <>
      <p className="measure">
        Index of {count(list.people, 'member')}:{' '}
        {kinds.map((kind) => `${(list.values[kind] ?? 0).toLocaleString('en-US')} ${KINDS[kind]}`).join(', ')}
        . Made by {list.made.by} <When at={list.made.at} inline />. Out of a billion values that are on no
        list, it mistakes {list.falseShare < 1e-9 ? 'fewer than one' : Math.ceil(list.falseShare * 1e9)} for a
        member’s.
      </p>
      {mayEdit ? (
        <Row>
          <Button onClick={() => setRemoving(true)}>Remove the index</Button>
        </Row>
      ) : null}
      <FormDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title="Remove the index of the member list"
        submit="Remove it"
        final
        onSubmit={async () => {
          const { proposed } = await calls.dlp.memberList.remove({ client: slug, version });
          await done(guardSavedWords(proposed, 'The index is removed.'));
          return true;
        }}
      >
        <p>
          Prompts will no longer be searched for members. You can create a new index from the list at any
          time.
        </p>
      </FormDialog>
    </>
  );
}

function Choose({ version }: { version: number }) {
  const [opened, setOpened] = useState<OpenedList | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const open = async (file: File) => {
    setProblem(null);
    setOpened(null);
    const { FileProblem, readSheets } = await import('../../mask/read-file.ts');
    try {
      const { findTable } = await import('../../../../src/domain/dlp/prepare/table.ts');
      const { EXPORT_RULES } = await import('../../mask/export-rules.ts');
      const table = (await readSheets(file))
        .map(({ rows }) => findTable(rows, EXPORT_RULES))
        .find((one) => one !== null);
      if (table === undefined || table === null || table.rows.length === 0)
        setProblem('There are no rows below the headings. Choose the list of members.');
      else setOpened({ name: file.name, headings: table.headings, rows: table.rows });
    } catch (error) {
      setProblem(
        error instanceof FileProblem
          ? error.message
          : 'The file cannot be read. Export it again as CSV or XLSX.',
      );
    }
  };
  return (
    <>
      <FileDrop
        single
        label={version === 0 ? 'Choose the list of members' : 'Choose a newer list to replace the index'}
        hint="CSV or XLSX, up to 20 MB. It is not sent."
        accept=".csv,.tsv,.txt,.xlsx"
        onFiles={([file]) => {
          if (file !== undefined) void open(file);
        }}
      />
      <div aria-live="polite">{problem === null ? null : <Notice mark="cannot_read">{problem}</Notice>}</div>
      {opened === null ? null : <MemberListForm key={opened.name} opened={opened} version={version} />}
    </>
  );
}
