import { NO_AMOUNTS } from '#domain/activity/activity.ts';
import { type Fill, NOTHING_FILLED } from './context.ts';
import { detailOf, textIn, wholeIn } from './values.ts';

const DETAILS = new Set(['gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.system']);

/**
 * Any other sender: kept and shown, but counted only if it says, in OpenTelemetry's terms for generative models, that
 * it called Claude.
 */
export const fillOther: Fill = (record) => {
  const { attributes } = record;
  const model = textIn(attributes, 'gen_ai.response.model', 'gen_ai.request.model');
  const vendor = textIn(attributes, 'gen_ai.provider.name', 'gen_ai.system');
  const claude = vendor === 'anthropic' || (model?.startsWith('claude') ?? false);
  const operation = textIn(attributes, 'gen_ai.operation.name');
  const called =
    claude && (operation === 'chat' || operation === 'text_completion' || operation === 'generate_content');
  return {
    ...NOTHING_FILLED,
    category: called ? 'model_request' : 'other',
    tool: claude ? textIn(attributes, 'gen_ai.tool.name') : null,
    model: claude ? model : null,
    outcome: record.failed === null ? null : record.failed ? 'failure' : 'success',
    amounts: called
      ? {
          ...NO_AMOUNTS,
          inputTokens: wholeIn(attributes, 'gen_ai.usage.input_tokens'),
          outputTokens: wholeIn(attributes, 'gen_ai.usage.output_tokens'),
        }
      : NO_AMOUNTS,
    detail: detailOf(attributes, DETAILS),
  };
};
