import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queries } from '../../api.ts';
import { FormPage } from '../../ui/templates/form-page.tsx';
import { together } from '../../ui/templates/load.ts';
import { ChooseStep } from './choose-step.tsx';
import { DoneStep } from './done-step.tsx';
import { PreviewStep } from './preview-step.tsx';
import { applyBaselineRoute } from './routes.tsx';
import type { Applied, Candidates, Preview, Shown, Table } from './words.ts';

const STEPS = ['Clients', 'Preview', 'Applied'] as const;

/** Applies a baseline: choose existing and new clients, preview the effect, then apply all of it or nothing. */
export function ApplyPage() {
  const { baseline } = applyBaselineRoute.useParams();
  const load = together<{ shown: Shown; candidates: Candidates }>({
    shown: useQuery(api.baselines.show.queryOptions({ input: { baseline } })),
    candidates: useQuery(api.baselines.candidates.queryOptions({ input: { baseline } })),
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [table, setTable] = useState<Table | null>(null);
  const [updating, setUpdating] = useState<ReadonlySet<number>>(new Set());
  const [preview, setPreview] = useState<Preview | null>(null);
  const [applied, setApplied] = useState<Applied | null>(null);
  const look = useMutation(api.baselines.preview.mutationOptions({ onSuccess: setPreview }));
  const apply = useMutation(
    api.baselines.apply.mutationOptions({
      onSuccess: async (done) => {
        setApplied(done);
        await queries.invalidateQueries();
      },
    }),
  );
  const input = {
    baseline,
    clients: [...chosen],
    rows: (table?.rows ?? []).map((row) => ({ ...row, ...(updating.has(row.row) ? { update: true } : {}) })),
  };
  const step = applied !== null ? 2 : preview !== null ? 1 : 0;
  return (
    <FormPage
      title={({ shown }) => `Apply ${shown.name}`}
      load={load}
      steps={{ names: STEPS, current: step }}
      meta={({ shown }) =>
        `Version ${shown.version}. Every charter gets a draft; nothing takes effect without a second person.`
      }
    >
      {({ shown, candidates }) =>
        applied !== null ? (
          <DoneStep baseline={shown} applied={applied} />
        ) : preview !== null ? (
          <PreviewStep
            baseline={shown}
            preview={preview}
            busy={apply.isPending}
            error={apply.error}
            onBack={() => {
              apply.reset();
              setPreview(null);
            }}
            onApply={(reason) => apply.mutate({ ...input, version: preview.version, reason })}
          />
        ) : (
          <ChooseStep
            baseline={shown}
            candidates={candidates.items}
            chosen={chosen}
            onChosen={setChosen}
            table={table}
            onTable={(next) => {
              setTable(next);
              setUpdating(new Set());
            }}
            updating={updating}
            onUpdating={setUpdating}
            busy={look.isPending}
            error={look.error}
            onPreview={() => look.mutate(input)}
          />
        )
      }
    </FormPage>
  );
}
