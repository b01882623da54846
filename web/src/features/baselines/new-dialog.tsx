import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, queries } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FileDrop } from '../../ui/file-drop.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from './baselines.module.css';

const START = `name: Our standard
purpose: For associations on Claude Team.
meantFor:
  claudePlans: [ team ]
  m365: [ business_premium ]
charter:
  accountOwner: "{owner}"
  maxOwners: 2
  inviteDomains: [ "{domains}" ]
deployment:
  - { task: owner_named, by: client, owner: "{owner}", dueDays: 3 }
`;

/** Makes a baseline from YAML, written here or brought as a file. */
export function NewDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const fields = useFields({ yaml: START }, { yaml: needed('Enter the baseline, or drop its file here.') });
  const create = useMutation(api.baselines.create.mutationOptions());
  const save = async () => {
    if (!fields.check()) return false;
    const made = await create.mutateAsync({ yaml: fields.values.yaml });
    await queries.invalidateQueries({ queryKey: api.baselines.key() });
    await navigate({ to: '/baselines/$baseline', params: { baseline: made.id } });
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
      <FileDrop
        label="Drop a baseline’s YAML here"
        accept=".yaml,.yml"
        single
        onFiles={([file]) => void file?.text().then((text) => fields.set('yaml', text))}
      />
      <Textarea
        label="Baseline"
        description="Placeholders: {name}, {domain}, {domains} in a list, {owner}. In quotation marks."
        autosize
        minRows={10}
        maxRows={18}
        className={classes.yaml}
        spellCheck={false}
        {...fields.text('yaml')}
      />
    </FormDialog>
  );
}
