import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../ui/card.tsx';
import { needed, useFields } from '../ui/fields.ts';
import { FileDrop } from '../ui/file-drop.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
import { FormPage } from '../ui/templates/form-page.tsx';

export function GalleryForm() {
  const [open, setOpen] = useState(new URLSearchParams(location.search).has('dialog'));
  const fields = useFields(
    { name: '', reason: '', kind: 'Name', sure: false },
    { name: needed('A client needs a name.') },
  );
  return (
    <FormPage
      title="Members file"
      meta="alder-members-2026-11-24.csv · 64 rows · 11 kB"
      steps={{ names: ['File', 'Columns', 'Preview', 'Stored'], current: 2 }}
      actions={
        <Button variant="filled" onClick={() => setOpen(fields.check())}>
          Store 64 members
        </Button>
      }
      preview={() => <Card title="What will change">3 new, 2 gone</Card>}
    >
      <FileDrop
        label="Drop files here"
        hint="CSV, Excel, JSON or ZIP, up to 50 MB each"
        onFiles={() => undefined}
      />
      <TextInput label="Name" description="As in its bylaws" {...fields.text('name')} />
      <NativeSelect label="Means" data={['Name', 'Email address']} {...fields.text('kind')} />
      <Textarea label="Reason" {...fields.text('reason')} />
      <Checkbox label="I have read the preview" {...fields.box('sure')} />
      <FormDialog
        opened={open}
        onClose={() => setOpen(false)}
        title="Accept until a date"
        submit="Accept until Jan 31"
        onSubmit={async () => fields.check()}
      >
        <TextInput label="Owner" {...fields.text('name')} />
        <p>Nothing changes in Claude. The control is shown as Accepted until then.</p>
      </FormDialog>
    </FormPage>
  );
}
