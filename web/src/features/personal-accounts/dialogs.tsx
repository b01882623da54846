import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import type { Act } from './account-panel.tsx';
import { AnswerDialog, AssignDialog, ExemptDialog, SayDialog } from './act-dialogs.tsx';
import { ManagersDialog, SettingsDialog, TextDialog } from './message-dialogs.tsx';
import { AccountsRecord } from './record-dialog.tsx';
import { SendDialog } from './send-dialog.tsx';
import type { Account, List, Refused } from './words.ts';

/** The action that the viewer is about to take, and the accounts it applies to. */
export interface Wanted {
  readonly act: Act | 'managers';
  readonly rows: readonly Account[];
  /** Clears the selection when done. */
  readonly clear?: () => void;
}

interface DialogsProps {
  readonly list: List;
  readonly wanted: Wanted | null;
  readonly open: 'record' | 'settings' | undefined;
  /** Kind of the message to edit. */
  readonly edit: string | undefined;
  readonly onClose: () => void;
  readonly onRefused: (refused: readonly Refused[]) => void;
}

/** The open dialog of the page, if any. */
export function Dialogs({ list, wanted, open, edit, onClose, onRefused }: DialogsProps) {
  const mayWork = useMay('people.decide');
  if (open === 'record') return <AccountsRecord list={list} onClose={onClose} />;
  if (!mayWork) return null;
  if (open === 'settings')
    return (
      <Steady of={list.settings}>
        {(settings) => <SettingsDialog key={settings.version} settings={settings} onClose={onClose} />}
      </Steady>
    );
  if (edit !== undefined) return <Edit kind={edit} onClose={onClose} />;
  if (wanted === null) return null;
  const { act, rows, clear } = wanted;
  const refused = (some: readonly Refused[]) => {
    onRefused(some);
    clear?.();
  };
  if (act === 'managers') return <ManagersDialog mail={list.mail} onClose={onClose} onRefused={refused} />;
  const common = { rows, today: list.today, onClose, onRefused: refused };
  switch (act.is) {
    case 'send':
      return (
        <SendDialog
          rows={rows}
          mail={list.mail}
          onClose={onClose}
          onRefused={refused}
          {...(act.kind === undefined ? {} : { kind: act.kind })}
        />
      );
    case 'assign':
      return <AssignDialog {...common} />;
    case 'answer':
      return <AnswerDialog {...common} />;
    case 'exempt':
      return <ExemptDialog {...common} />;
    case 'say':
      return <SayDialog {...common} state={act.state} />;
  }
}

function Edit({ kind, onClose }: { readonly kind: string; readonly onClose: () => void }) {
  const { slug } = useClientHere();
  const load = useQuery(api.personalAccounts.messages.texts.queryOptions({ input: { client: slug } }));
  const wording = load.data?.items.find((one) => one.kind === kind);
  return wording === undefined ? null : (
    <Steady of={wording}>
      {(steady) => <TextDialog key={steady.version} wording={steady} onClose={onClose} />}
    </Steady>
  );
}
