import { Notice } from '../../ui/states.tsx';
import { type Incident, onWordWords } from './words.ts';

/** Containment that rests on a person's statement and no reading, so that it is not mistaken for evidence. */
export function OnWord({ incident }: { incident: Incident }) {
  return onWordWords(incident).map((words) => (
    <Notice key={words} mark="cannot_read">
      {words}
    </Notice>
  ));
}
// Guide: G7.2-20
