import { Button } from '@mantine/core';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { isFiltered } from '../../../../src/domain/connectors/filter.ts';
import { leavesOpen, presetPermission } from '../../../../src/domain/connectors/presets.ts';
import { canBeSet, departureOf } from '../../../../src/domain/connectors/row.ts';
import { summaryOf, summaryWords } from '../../../../src/domain/connectors/summary.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { toast } from '../../ui/toast.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import type { Drift } from '../drift/words.ts';
import type { RowActs } from './action-line.tsx';
import type { Open } from './editor-dialogs.tsx';
import { editedRow, storedEdit, useEdits } from './edits.ts';
import { type Filter, MatrixFilters } from './filters.tsx';
import { MatrixLegend } from './legend.tsx';
import { type Departures, departing, linesOf } from './lines.ts';
import classes from './matrix.module.css';
import { MatrixGrid } from './matrix-grid.tsx';
import { PermissionMark } from './permission.tsx';
import { baseOf, differencesOf, faultsOf, useSaving } from './save.ts';
import { type Matrix, type Permission, type Row, STATES } from './words.ts';

/** Only for editors. */
const SignReview = lazy(async () => ({ default: (await import('./sign-review.tsx')).SignReview }));
const SaveBar = lazy(async () => ({ default: (await import('./save-bar.tsx')).SaveBar }));
const BulkBar = lazy(async () => ({ default: (await import('../../ui/bulk-bar.tsx')).BulkBar }));
/** Loaded when the first dialog opens. */
const EditorDialogs = lazy(async () => ({ default: (await import('./editor-dialogs.tsx')).EditorDialogs }));

/** Matrices with at most this many rows are edited with all connectors expanded. */
const MAX_EXPANDED_ROWS = 80;

interface MatrixEditorProps {
  readonly data: Matrix;
  /** Departures from the charter in force; undefined: a draft is shown, and compared without decisions. */
  readonly drift: Drift | undefined;
  readonly editing: boolean;
  readonly filter: Filter;
  readonly slug: string;
  readonly set: (next: Filter & { draft?: string | undefined; edit?: 'yes' | undefined }) => void;
}

/** The matrix with filters and, for editors, everything needed to change it. */
export function MatrixEditor({ data, drift, editing, filter, slug, set }: MatrixEditorProps) {
  const edits = useEdits();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Open | null>(null);
  const [tried, setTried] = useState(false);
  const [wanted, setWanted] = useState<{ id: string; at: number } | null>(null);
  const saving = useSaving(slug, (draft) => set({ draft }));
  const stored = useMemo(() => new Map(data.rows.map((row) => [row.id, row] as const)), [data.rows]);
  const rows = useMemo(
    () => data.rows.map((row) => editedRow(row, edits.now.get(row.id))),
    [data.rows, edits.now],
  );
  const filtered = isFiltered(filter);
  const departures = useMemo(() => departuresOf(data, drift), [data, drift]);
  const loud = useMemo(() => departing(data.rows, departures), [data.rows, departures]);
  /** Connectors expanded initially, to be edited or decided on. */
  const begins = (id: string) => (editing ? data.rows.length <= MAX_EXPANDED_ROWS : loud.has(id));
  const isOpen = (id: string) => filtered || begins(id) !== toggled.has(id);
  const lines = useMemo(
    () =>
      linesOf(data.connectors, rows, {
        filter,
        filtered,
        isOpen,
        isWhole: (id) => editing || whole.has(id),
        departures,
      }),
    [data.connectors, rows, JSON.stringify(filter), editing, departures, toggled, whole],
  );
  const matching = useMemo(
    () => (filtered ? lines.filter(({ kind }) => kind === 'row').length : data.rows.length),
    [filtered, lines, data.rows.length],
  );
  const words = useMemo(() => summaryWords(summaryOf(rows)), [rows]);
  const faults = useMemo(
    () => (tried ? faultsOf(stored, edits.now, data.today) : NO_FAULTS),
    [tried, stored, edits.now, data.today],
  );
  const approved = useMemo(
    () => new Set(data.connectors.filter((one) => one.charter !== null).map(({ id }) => id)),
    [data.connectors],
  );
  const dirty = editing && edits.now.size > 0;
  useUnsaved(() => dirty && !saving.saving);

  const withShared = (ids: readonly string[]) => [
    ...new Set(ids.flatMap((id) => [id, ...(stored.get(id)?.shared ?? [])])),
  ];
  /** Sets the given rows, and asks for one reason if several become looser. */
  const put = (ids: readonly string[], of: (row: Row) => Permission) => {
    saving.begin(baseOf(data));
    const all = withShared(ids).flatMap((id) => stored.get(id) ?? []);
    const fits = all.filter(
      (row) =>
        approved.has(row.connector) &&
        canBeSet(row) &&
        !(of(row) === 'allow' && row.alwaysAllowOffered === false),
    );
    const next = (row: Row) => {
      const was = edits.now.get(row.id) ?? storedEdit(row);
      const permission = of(row);
      const looser = departureOf({ ...row, charter: permission }) === 'looser';
      return {
        permission,
        reason: looser ? was.reason : '',
        until: row.guarded?.states.includes(permission) ? was.until : '',
      };
    };
    edits.set(fits, next);
    const left = all.length - fits.length;
    if (left > 0)
      toast({
        kind: 'done',
        text: `${count(left, 'action')} stayed as ${left === 1 ? 'it was' : 'they were'}: Claude does not offer that setting there.`,
      });
    const bare = fits.filter((row) => {
      const edit = next(row);
      return departureOf({ ...row, charter: edit.permission }) === 'looser' && edit.reason === '';
    });
    if (ids.length > 1 && bare.length > 1) setOpen({ is: 'reason', rows: bare });
  };
  const onSet = (id: string, permission: Permission) =>
    put(selected.has(id) ? [...selected] : [id], () => permission);
  const type = (id: string, part: { reason?: string; until?: string }) => {
    saving.begin(baseOf(data));
    const group = withShared([id]).flatMap((one) => stored.get(one) ?? []);
    edits.set(group, (row) => ({ ...(edits.now.get(row.id) ?? storedEdit(row)), ...part }), true);
  };
  const save = async (over = false) => {
    setTried(true);
    const first = [...faultsOf(stored, edits.now, data.today).keys()][0];
    if (first !== undefined) {
      const place = stored.get(first);
      if (place !== undefined && !lines.some(({ id }) => id === first)) {
        set({
          connector: undefined,
          effect: undefined,
          state: undefined,
          departs: undefined,
          drift: undefined,
          text: undefined,
        });
        setToggled((was) => withOpen(was, place.connector, begins(place.connector)));
      }
      setWanted({ id: first, at: Date.now() });
      return;
    }
    const n = edits.now.size;
    if (await saving.saveCells(baseOf(data), edits.now, over)) {
      edits.clear();
      setTried(false);
      toast({
        kind: 'done',
        text: `${count(n, 'change')} saved in the draft. Nothing takes effect until it is approved.`,
      });
    }
  };
  const drop = () => {
    edits.clear();
    saving.forget();
    setTried(false);
    setSelected(new Set());
  };
  const now = async (parts: Parameters<typeof saving.send>[1]) => {
    if (!(await saving.send(baseOf(data), parts)))
      throw new Error(
        'Someone else changed the draft in the meantime. Close this, review their changes and try again.',
      );
  };
  const onToggle = useCallback(
    (id: string) =>
      setToggled((was) => {
        const next = new Set(was);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const onDecide: RowActs['onDecide'] = (departure, act) => setOpen({ is: 'decide', departure, act });
  const chosen = [...selected].flatMap((id) => stored.get(id) ?? []);
  return (
    <>
      <MatrixFilters
        data={data}
        filter={filter}
        set={set}
        shown={matching}
        onOpenAll={(all) =>
          setToggled(new Set(data.connectors.flatMap(({ id }) => (begins(id) === all ? [] : [id]))))
        }
        onAdd={editing ? () => setOpen({ is: 'add', connector: null }) : null}
      />
      {editing ? (
        <div className={classes.summary}>
          <Suspense fallback={null}>
            <SignReview
              data={data}
              slug={slug}
              dirty={dirty}
              onSigned={(draft) => set({ ...filter, draft, edit: 'yes' })}
            />
          </Suspense>
        </div>
      ) : (
        <p className={classes.summary}>{words}</p>
      )}
      {lines.length === 0 ? (
        <p className={classes.nothing} role="status">
          {filtered ? 'No action matches the filters.' : 'No connector yet. Add the first one.'}
        </p>
      ) : (
        <MatrixGrid
          lines={lines}
          editing={editing}
          edits={edits.now}
          today={data.today}
          observedOn={data.observed.on}
          departures={departures}
          may={drift?.may ?? NOTHING}
          onWhole={(id) => setWhole((was) => new Set(was).add(id))}
          faults={faults}
          selected={selected}
          onSelected={setSelected}
          onUndo={edits.undo}
          onBaseline={(id) => put(selected.has(id) ? [...selected] : [id], (row) => row.baseline)}
          onSet={onSet}
          rowActs={{
            onReason: (id, reason) => type(id, { reason }),
            onUntil: (id, until) => type(id, { until }),
            onDecide,
            onClassify: (id) =>
              setOpen({
                is: 'classify',
                rows: (selected.has(id) ? chosen : [stored.get(id)]).flatMap((row) =>
                  row?.effect === 'unknown' && row.kind === 'action' ? [row] : [],
                ),
              }),
          }}
          connectorActs={{
            onToggle,
            onDecide,
            onAdd: (connector) => setOpen({ is: 'add', connector }),
            onRemove: (connector) => setOpen({ is: 'remove', connector }),
            onPreset: (id, preset) =>
              put(
                data.rows
                  .filter((row) => row.connector === id && !leavesOpen(preset, row))
                  .map((row) => row.id),
                (row) => presetPermission(preset, row),
              ),
          }}
          covered={open !== null}
          wanted={wanted}
        />
      )}
      <MatrixLegend editing={editing} compared={departures !== null} />
      <Suspense fallback={null}>
        {editing && selected.size > 0 ? (
          <BulkBar
            words={`${count(selected.size, 'action')} selected`}
            explain="Set all of them at once. Nothing is saved yet."
            onClear={() => setSelected(new Set())}
          >
            {STATES.map((state) => (
              <Button key={state} onClick={() => put([...selected], () => state)}>
                <PermissionMark state={state} />
              </Button>
            ))}
            <Button onClick={() => put([...selected], (row) => row.baseline)}>Baseline</Button>
          </BulkBar>
        ) : null}
        {editing ? (
          <SaveBar
            words={words}
            changes={edits.now.size}
            canUndo={edits.canUndo}
            saving={saving.saving}
            into={data.draft === null ? 'Save as a draft' : 'Save in the draft'}
            conflict={saving.conflict}
            differences={saving.conflict === null ? [] : differencesOf(stored, edits.now)}
            onUndo={edits.undo}
            onSave={() => void save()}
            onDiscard={() => {
              if (edits.now.size > 0) {
                edits.discard();
                saving.forget();
                return;
              }
              set({ edit: undefined });
              drop();
            }}
            onKeepMine={() => void save(true)}
            onTakeTheirs={drop}
          />
        ) : null}
      </Suspense>
      {open === null ? null : (
        <Suspense fallback={null}>
          <EditorDialogs
            open={open}
            data={data}
            slug={slug}
            edits={edits}
            latest={drift?.latest ?? data.today}
            now={now}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </>
  );
}

const NO_FAULTS: ReadonlyMap<string, string> = new Map();
const NOTHING = { accept: false, restore: false, amend: false };

/** null: there is no charter to depart from. */
function departuresOf(data: Matrix, drift: Drift | undefined): Departures | null {
  if (data.charter === null && data.draft === null) return null;
  return new Map((drift?.items ?? []).map((one) => [one.row ?? one.key, one]));
}

function withOpen(was: ReadonlySet<string>, id: string, begin: boolean): ReadonlySet<string> {
  const next = new Set(was);
  if (begin) next.delete(id);
  else next.add(id);
  return next;
}
