import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Tool } from './shadow-words.ts';

type Decision = 'approved' | 'tolerated' | 'forbidden';

type Values = { decision: string; until: string; reason: string };

/** A decision on one AI tool, written to the draft of the charter, which someone else approves. */
export function DecideDialog({ tool, onClose }: { tool: Tool; onClose: () => void }) {
  const { slug } = useClientHere();
  const load = useQuery(api.charter.open.queryOptions({ input: { client: slug } }));
  const fields = useFields<Values>(
    {
      decision: tool.decision === 'none' || tool.decision === 'lapsed' ? 'forbidden' : tool.decision,
      until: tool.until ?? '',
      reason: tool.reason ?? '',
    },
    {
      reason: needed('Say why, for the person who approves it.'),
      until: (value, { decision }) =>
        value === ''
          ? decision === 'tolerated'
            ? 'Enter the last day.'
            : null
          : /^\d{4}-\d{2}-\d{2}$/.test(value)
            ? null
            : 'Write the date as 2026-12-31.',
    },
  );
  const save = async () => {
    if (!fields.check()) return false;
    // The decision is added to the existing ones, so wait until they are loaded.
    const { data: open } = load;
    if (open === undefined) return false;
    const { until, reason } = fields.values;
    const decision = fields.values.decision as Decision;
    const others = (open.value.aiTools ?? []).filter((one) => !isSame(one.tool, tool));
    const entry = {
      tool: tool.title,
      decision,
      reason: reason.trim(),
      ...(until === '' || decision === 'forbidden' ? {} : { until }),
    };
    try {
      await calls.charter.answer({
        client: slug,
        draft: open.draft?.id ?? null,
        version: open.draft?.version ?? null,
        parts: { aiTools: [...others, entry] },
      });
    } finally {
      await queries.invalidateQueries();
    }
    toast({
      kind: 'done',
      text: 'The decision is in the draft of the charter. It takes effect once it is approved.',
    });
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Decide on ${tool.title}`}
      submit="Save in the draft"
      onSubmit={save}
      load={load}
    >
      <p>
        {load.data === undefined
          ? null
          : load.data.draft === null
            ? 'This starts a draft of the charter. '
            : `This goes into the draft “${load.data.draft.title}”. `}
        It takes effect once someone who did not work on the draft has approved it.
      </p>
      <NativeSelect
        label="Decision"
        data={[
          { value: 'approved', label: 'Approved' },
          { value: 'tolerated', label: 'Tolerated until a date' },
          { value: 'forbidden', label: 'Forbidden' },
        ]}
        {...fields.text('decision')}
      />
      {fields.values.decision === 'forbidden' ? null : (
        <TextInput
          label={fields.values.decision === 'tolerated' ? 'Last day' : 'Last day (optional)'}
          placeholder="2026-12-31"
          {...fields.text('until')}
        />
      )}
      <Textarea label="Why" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
    </FormDialog>
  );
}

function isSame(name: string, { key, title }: Tool): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return [key, title].some((one) => plain(one) === plain(name));
}
