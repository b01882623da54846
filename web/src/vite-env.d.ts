declare module 'virtual:contract' {
  import type { AnyContractRouter } from '@orpc/contract';

  const contract: AnyContractRouter;
  export default contract;
}

declare module 'virtual:dlp-rules' {
  import type { DlpRule } from '../../src/domain/dlp/rules.ts';

  const rules: readonly DlpRule[];
  export default rules;
}

declare module 'virtual:docs' {
  import type { Doc } from './features/docs/doc.ts';

  const docs: readonly {
    readonly name: string;
    readonly title: string;
    readonly load: () => Promise<{ readonly default: Doc }>;
  }[];
  export default docs;
}
