import { useNavigate } from '@tanstack/react-router';
import { useKey } from '../ui/keys.ts';
import { useEntries } from './entries.ts';
import { useNeighbor, useSwitch } from './use-switch.ts';

/** Shortcuts that work on every page. */
export function ShellKeys({ onHelp }: { onHelp: () => void }) {
  const go = useSwitch();
  const before = useNeighbor(-1);
  const after = useNeighbor(1);
  useKey('?', onHelp);
  useKey('[', before === null ? null : () => go(before));
  useKey(']', after === null ? null : () => go(after));
  const entries = useEntries().flatMap((group) => group.entries);
  return entries.map((entry) =>
    entry.key === undefined ? null : <GoKey key={entry.to} letter={entry.key} href={entry.href} />,
  );
}

function GoKey({ letter, href }: { letter: string; href: string }) {
  const navigate = useNavigate();
  useKey(`g ${letter}`, () => void navigate({ to: href }));
  return null;
}
