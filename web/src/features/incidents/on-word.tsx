import { Notice } from '../../ui/states.tsx';
import { type Incident, onWordWords } from './words.ts';

/** What somebody states and no reading shows, so that nobody takes it for proof. */
export function OnWord({ incident }: { incident: Incident }) {
  return onWordWords(incident).map((words) => (
    <Notice key={words} mark="cannot_read">
      {words}
    </Notice>
  ));
}
// Guide: G7.2-20
