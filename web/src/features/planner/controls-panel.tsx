import { useClientHere } from '../../session.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { type Column, inSentence, type Shown } from './words.ts';

const REACHES = [
  ['enforceable', 'Can be enforced'],
  ['policy_only', 'Policy only'],
  ['not_licensed', 'Not licensed'],
  ['unknown', 'Not known'],
  ['not_applicable', 'Does not apply'],
] as const;

interface PanelProps {
  readonly column: Column;
  readonly controls: Shown['controls'];
  readonly onClose: () => void;
}

/** The controls behind a count: for today, grouped by what can be done about them; for a set, those that it adds. */
export function ControlsPanel({ column, controls, onClose }: PanelProps) {
  if (column.key !== 'today')
    return (
      <SidePanel title={`What ${inSentence(column.label)} adds`} onClose={onClose}>
        <p className="muted">{column.name}</p>
        {column.gains.length === 0 ? (
          <p>It makes no control enforceable. It may still cover a risk better or help reach a goal.</p>
        ) : (
          <>
            <p>
              {column.gains.length === 1 ? 'One control becomes' : `${column.gains.length} controls become`}{' '}
              enforceable. Whether it then passes depends on what is read, as for every control.
            </p>
            <Controls list={column.gains} />
          </>
        )}
      </SidePanel>
    );
  return (
    <SidePanel title="Controls today" onClose={onClose}>
      <p className="muted">
        {column.name}. This shows what the plan and licenses allow, not what has been done.
      </p>
      {REACHES.map(([reach, words]) => {
        const list = controls.filter((one) => one.reach === reach);
        return list.length === 0 ? null : (
          <Stack key={reach} as="section" gap="sm">
            <h3>
              {words} <span className="muted">{list.length}</span>
            </h3>
            <Controls list={list} />
          </Stack>
        );
      })}
    </SidePanel>
  );
}

function Controls({
  list,
}: {
  list: readonly { readonly control: string; readonly title: string; readonly because: string }[];
}) {
  const { slug } = useClientHere();
  return (
    <Stack as="ul">
      {list.map(({ control, title, because }) => (
        <li key={control}>
          <AppLink href={`/c/${slug}/controls/${control.replace('CLA-', '')}`}>
            <span className="mono muted">{control.replace('CLA-', '')}</span> {title}
          </AppLink>
          <span className="second">{because}</span>
        </li>
      ))}
    </Stack>
  );
}
