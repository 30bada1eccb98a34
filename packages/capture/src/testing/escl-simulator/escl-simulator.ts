import {
  bytesAnswer,
  type HttpSimulator,
  type SimulatedAnswer,
  type SimulatedRequest,
} from '../vendor-simulators/http-simulator.js';
import { tinyJpeg, type PictureMaker } from '../vendor-simulators/tiny-jpeg.js';
import { capabilitiesXml, statusXml } from './escl-xml.js';

interface Job {
  readonly id: string;
  readonly feeder: boolean;
  readonly dpi: number;
  delivered: number;
  cancelled: boolean;
}

/** A multi-function printer with glass and duplex feeder, as its eSCL resource behaves. */
export class EsclSimulator implements HttpSimulator {
  running = true;
  silent = false;
  /** Sheets in the feeder. */
  sheets = 3;
  /** Makes the pictures; give one that makes real JPEGs where somebody looks at them. */
  picture: PictureMaker = tinyJpeg;
  state: 'Idle' | 'Processing' | 'Stopped' = 'Idle';
  /** Set to force a state of the feeder. */
  adf: string | undefined;
  /** 503 for the next requests of that kind. */
  readonly busy = { jobs: 0, pages: 0 };
  /** How `Location` is written. */
  location: (path: string) => string = (path) => `http://192.0.2.10:80${path}`;
  /** Paper gets stuck behind that page. */
  jamAfter = Infinity;
  /** The connection breaks in the middle of that page. */
  breakAt = Infinity;
  /** Answers to the next requests in place of the right ones. */
  readonly wrong: SimulatedAnswer[] = [];
  /** Bodies of the jobs asked for. */
  readonly jobs: string[] = [];
  /** Jobs that were cancelled. */
  cancelled = 0;
  readonly #running = new Map<string, Job>();
  #last = 0;
  #tag = 0;

  handle({ method, path, body }: SimulatedRequest): SimulatedAnswer {
    if (this.silent) return 'never';
    const wrong = this.wrong.shift();
    if (wrong) return wrong;
    if (method === 'GET' && path === '/eSCL/ScannerCapabilities') return xml(capabilitiesXml());
    if (method === 'GET' && path === '/eSCL/ScannerStatus')
      return xml(statusXml(this.state, this.adf ?? this.#adfState()));
    if (method === 'POST' && path === '/eSCL/ScanJobs') return this.#create(body);
    const [, id = '', rest = ''] = /^\/eSCL\/ScanJobs\/([^/]+)(\/NextDocument)?$/.exec(path) ?? [];
    const job = this.#running.get(id);
    if (method === 'GET' && rest !== '') return this.#page(job);
    if (method === 'DELETE' && job) {
      this.#running.delete(id);
      this.cancelled += 1;
      return empty(200);
    }
    return empty(404);
  }

  #adfState(): string {
    return this.sheets > 0 ? 'ScannerAdfLoaded' : 'ScannerAdfEmpty';
  }

  #create(body: string): SimulatedAnswer {
    if (this.busy.jobs > 0) {
      this.busy.jobs -= 1;
      return empty(503);
    }
    this.jobs.push(body);
    const feeder = body.includes('<pwg:InputSource>Feeder</pwg:InputSource>');
    if (feeder && this.sheets === 0) return empty(409);
    const id = `urn:uuid:0000-${(this.#last += 1)}`;
    const dpi = Number(/<scan:XResolution>(\d+)</.exec(body)?.[1] ?? 300);
    this.#running.set(id, { id, feeder, dpi, delivered: 0, cancelled: false });
    return {
      status: 201,
      headers: { location: this.location(`/eSCL/ScanJobs/${id}`), 'content-length': '0' },
      body: new Uint8Array(0),
    };
  }

  #page(job: Job | undefined): SimulatedAnswer {
    if (!job) return empty(404);
    if (this.busy.pages > 0) {
      this.busy.pages -= 1;
      return empty(503);
    }
    if (job.delivered >= this.jamAfter) {
      this.adf = 'ScannerAdfJam';
      this.#running.delete(job.id);
      return empty(404);
    }
    if (job.feeder ? this.sheets === 0 : job.delivered === 1) {
      this.#running.delete(job.id);
      return empty(404);
    }
    job.delivered += 1;
    if (job.feeder) this.sheets -= 1;
    const width = Math.round((2480 * job.dpi) / 300);
    const jpeg = this.picture({ widthPx: width, heightPx: Math.round((3508 * job.dpi) / 300), tag: (this.#tag += 1) });
    return job.delivered === this.breakAt ? broken(jpeg) : bytesAnswer(jpeg, 'image/jpeg');
  }
}

const xml = (text: string): SimulatedAnswer => bytesAnswer(new TextEncoder().encode(text), 'text/xml');
const empty = (status: number): SimulatedAnswer => bytesAnswer(new Uint8Array(0), 'text/plain', status);

/** Half of the bytes, then the connection is gone. */
function broken(jpeg: Uint8Array<ArrayBuffer>): SimulatedAnswer {
  let sent = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => {
      if (sent) controller.error(new TypeError('network error'));
      else controller.enqueue(jpeg.slice(0, jpeg.length >> 1));
      sent = true;
    },
  });
  return { status: 200, headers: { 'content-type': 'image/jpeg', 'content-length': String(jpeg.length) }, body };
}
