import { type ActivityEffect, NO_AMOUNTS, type Outcome } from '#domain/activity/activity.ts';
import { toolOf } from './claude.ts';
import { type Fill, type Filled, NOTHING_FILLED } from './context.ts';
import type { Attributes, TelemetryRecord } from './record.ts';
import { detailOf, lasted, textIn, truthIn, wholeIn } from './values.ts';

/**
 * Spans of Claude in Excel, Word, PowerPoint and Outlook: https://support.claude.com/en/articles/14447276, read
 * 2026-11-26.
 */
const DETAILS = new Set(
  `agent.surface agent.vendor office.platform office.version org.type request_id stop_reason max_tokens
  agent.message_count tool.id tool.caller tool.owner tool.read_write tool.accept_decision tool.error_type
  tool.input.length sheet.cells_read sheet.cells_written sheet.cells_copied mcp.configured_count mcp.connected_count
  mcp.failed_count mcp.fetch_status file.upload.count file.upload.total_bytes file.upload.image_count
  file.upload.document_count file.upload.other_count file.upload.mime_type error.name agent.query_phase
  compaction.pre_tokens compaction.post_tokens compaction.tokens_saved compaction.trigger`.split(/\s+/),
);

/** The add-ins truncate prompts to this length, so one of this length may have been longer. */
const PROMPT_CUT = 4000;

export const fillOffice: Fill = (record, name, client) => {
  const { attributes } = record;
  const filled: Filled = {
    ...NOTHING_FILLED,
    category: 'other',
    outcome: outcomeOf(record),
    model: textIn(attributes, 'model', 'agent.selected_model'),
    amounts: { ...NO_AMOUNTS, durationMs: lasted(record) },
    detail: detailOf(attributes, DETAILS),
  };
  switch (name) {
    case 'agent.query': {
      const length = wholeIn(attributes, 'user.message.length');
      return {
        ...filled,
        category: 'message',
        amounts: { ...filled.amounts, size: length !== null && length < PROMPT_CUT ? length : null },
      };
    }
    case 'agent.stream':
      return {
        ...filled,
        category: 'model_request',
        amounts: {
          ...filled.amounts,
          inputTokens: wholeIn(attributes, 'input_tokens'),
          outputTokens: wholeIn(attributes, 'output_tokens'),
          cacheReadTokens: wholeIn(attributes, 'cache_read_tokens'),
          cacheCreationTokens: wholeIn(attributes, 'cache_creation_tokens'),
        },
      };
    case 'agent.tool_execution': {
      const connector =
        textIn(attributes, 'tool.owner') === 'mcp' ||
        (textIn(attributes, 'tool_name') ?? '').startsWith('mcp__');
      return {
        ...filled,
        category: 'tool_call',
        amounts: { ...filled.amounts, size: wholeIn(attributes, 'tool.output_chars', 'tool.output.length') },
        ...(connector
          ? toolOf(asConnectors(attributes), client, filled)
          : { tool: textIn(attributes, 'tool_name'), effect: effectOf(attributes) }),
      };
    }
    case 'agent.compaction':
      return { ...filled, category: 'session' };
    case 'file.upload':
      return {
        ...filled,
        category: 'content',
        amounts: { ...filled.amounts, size: wholeIn(attributes, 'file.upload.size_bytes') },
      };
    default:
      return filled;
  }
};

/** A connector's tool without the connector's name is treated as one whose name is withheld. */
function asConnectors(attributes: Attributes): Attributes {
  return new Map([...attributes, ['tool_source', 'mcp']]);
}

function effectOf(attributes: Attributes): ActivityEffect {
  const says = textIn(attributes, 'tool.read_write');
  return says === 'read' ? 'read' : says === 'write' || says === 'read_write' ? 'write' : 'unknown';
}

function outcomeOf(record: TelemetryRecord): Outcome | null {
  const { attributes } = record;
  for (const key of ['tool.success', 'compaction.success', 'file.upload.success']) {
    const success = truthIn(attributes, key);
    if (success !== null) return success ? 'success' : 'failure';
  }
  if (attributes.has('error.name') || record.failed === true) return 'failure';
  return record.failed === false ? 'success' : null;
}
