import type { SessionFact } from '../session/session-ports.js';
import {
  AnjuanBatchSubmittedEvent,
  AnjuanPageCapturedEvent,
  AnjuanPageReadyEvent,
  AnjuanPageUploadedEvent,
} from './capture-events.js';

/** The event for a fact of the session; undefined for facts that only the screen shows. */
export function factEvent(fact: SessionFact): Event | undefined {
  switch (fact.type) {
    case 'page-captured': {
      const { batchId, pageId, seq, pageCount } = fact;
      return new AnjuanPageCapturedEvent({ batchId, pageId, seq, pageCount });
    }
    case 'page-ready': {
      const { batchId, pageId, findingCount } = fact;
      return new AnjuanPageReadyEvent({ batchId, pageId, findingCount });
    }
    case 'page-uploaded':
      return new AnjuanPageUploadedEvent({ batchId: fact.batchId, pageId: fact.pageId });
    case 'batch-submitted': {
      const { batchId, recordId, documents } = fact.receipt;
      const { pageCount } = fact;
      return new AnjuanBatchSubmittedEvent({ batchId, recordId, documentCount: documents.length, pageCount });
    }
    case 'document-started':
      return undefined;
  }
}
