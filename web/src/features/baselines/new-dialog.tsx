import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, queries } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FileDrop } from '../../ui/file-drop.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Columns } from '../../ui/layout.tsx';
import { CLAUDE_PLAN_CHOICES, M365_CHOICES } from '../clients/profile-fields.tsx';
import classes from './baselines.module.css';
import type { List } from './words.ts';

/** Values of `start`, besides the id of a shipped baseline to copy. */
const EMPTY = '';
const FILE = '(file)';

interface NewDialogProps {
  readonly opened: boolean;
  readonly shipped: List['shipped'];
  readonly onClose: () => void;
}

/** Creates a baseline: a copy of a shipped one, an empty one, or one from a file. */
export function NewDialog({ opened, shipped, onClose }: NewDialogProps) {
  const navigate = useNavigate();
  const fields = useFields(
    { start: EMPTY, name: '', purpose: '', claudePlan: 'team', m365: '', yaml: '' },
    {
      name: (value, all) => (all.start === FILE ? null : needed('Name the baseline.')(value, all)),
      purpose: (value, all) =>
        all.start === EMPTY ? needed('Say in a sentence which clients it is for.')(value, all) : null,
      yaml: (value, all) =>
        all.start === FILE ? needed('Drop the file here, or paste its text.')(value, all) : null,
    },
  );
  const { start, name, purpose, claudePlan, m365, yaml } = fields.values;
  const create = useMutation(api.baselines.create.mutationOptions());
  const save = async () => {
    if (!fields.check()) return false;
    const created = await create.mutateAsync(
      start === FILE
        ? { yaml }
        : start === EMPTY
          ? { yaml: textOf({ name, purpose, claudePlan, m365 }) }
          : { shipped: start, name: name.trim() },
    );
    await queries.invalidateQueries({ queryKey: api.baselines.key() });
    await navigate({
      to: '/baselines/$baseline',
      params: { baseline: created.id },
      search: { tab: 'template' },
    });
    return true;
  };
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title="Create a baseline"
      submit="Create it"
      onSubmit={save}
    >
      <NativeSelect
        label="Start from"
        data={[
          { value: EMPTY, label: 'Nothing: you decide every rule' },
          ...shipped.map((one) => ({ value: one.id, label: `A copy of ${one.name}` })),
          { value: FILE, label: 'A baseline in a file' },
        ]}
        {...fields.text('start')}
      />
      {start === FILE ? (
        <>
          <FileDrop
            label="Drop the file of the baseline here"
            accept=".yaml,.yml"
            single
            onFiles={([file]) => void file?.text().then((text) => fields.set('yaml', text))}
          />
          <Textarea
            label="Its text"
            description="YAML. Placeholders: {name}, {domain}, {domains} in a list, {owner}. In quotation marks."
            autosize
            minRows={10}
            maxRows={18}
            className={classes.yaml}
            spellCheck={false}
            {...fields.text('yaml')}
          />
        </>
      ) : (
        <TextInput label="Name" maxLength={120} {...fields.text('name')} />
      )}
      {start === EMPTY ? (
        <>
          <Textarea label="Purpose" autosize minRows={2} maxLength={2000} {...fields.text('purpose')} />
          <Columns min="14rem">
            <NativeSelect
              label="Meant for clients on"
              data={[...CLAUDE_PLAN_CHOICES]}
              {...fields.text('claudePlan')}
            />
            <NativeSelect
              label="With the Microsoft license"
              data={M365_CHOICES.map((one) => (one.value === '' ? { ...one, label: 'Any' } : one))}
              {...fields.text('m365')}
            />
          </Columns>
        </>
      ) : null}
    </FormDialog>
  );
}

/** YAML of a baseline that states only its purpose. Entered texts are written as JSON strings, which are valid YAML. */
function textOf(given: Record<'name' | 'purpose' | 'claudePlan' | 'm365', string>): string {
  return [
    `name: ${JSON.stringify(given.name.trim())}`,
    `purpose: ${JSON.stringify(given.purpose.trim())}`,
    'meantFor:',
    `  claudePlans: [ ${given.claudePlan} ]`,
    ...(given.m365 === '' ? [] : [`  m365: [ ${given.m365} ]`]),
    '',
  ].join('\n');
}
