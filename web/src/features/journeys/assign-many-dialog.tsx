import { count, names } from '../../../../src/domain/text/words.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { OwnerField } from '../work/owner-field.tsx';
import { reread } from './acts.ts';
import { type Journey, type JourneyList, KIND_TEXTS } from './words.ts';

interface AssignManyProps {
  readonly journeys: readonly Journey[];
  readonly list: Pick<JourneyList, 'people'>;
  readonly onClose: () => void;
  readonly onAssigned: () => void;
}

/** Assigns the offboarding or onboarding of several people to one owner. */
export function AssignManyDialog({ journeys, list, onClose, onAssigned }: AssignManyProps) {
  const { slug } = useClientHere();
  const texts = KIND_TEXTS[journeys[0]?.kind ?? 'leaving'];
  const fields = useFields({ owner: '' }, {});
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Assign the ${texts.noun} of ${count(journeys.length, 'person', 'people')}`}
      submit="Assign"
      onSubmit={async () => {
        const owner = fields.values.owner.trim() || null;
        await calls.journeys.assignMany({
          client: slug,
          journeys: journeys.map(({ id, version }) => ({ journey: id ?? '', version })),
          owner,
        });
        await reread();
        toast({ kind: 'done', text: owner === null ? 'Assigned to no one.' : 'Assigned.' });
        onAssigned();
        return true;
      }}
    >
      <p className="wraps">
        {names(
          journeys.map(({ name }) => name),
          10,
        )}
        . A step that was given to someone by itself stays theirs.
      </p>
      <OwnerField
        people={list.people}
        value={fields.values.owner}
        onChange={(value) => fields.set('owner', value)}
      />
    </FormDialog>
  );
}
