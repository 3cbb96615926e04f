import type { ComponentKind } from '../../pipeline/registry.ts';
import type { Foreign } from './foreign.ts';

type Table = Readonly<Record<string, Foreign>>;

/** Without it the same comes out. `advice`: why. */
function leftOut(advice: string): Foreign {
  return { verdict: 'left out', harmless: [], advice };
}

/** Without it something else comes out, but for the values in `harmless`. `advice`: what to write instead. */
function refused(advice: string, ...harmless: unknown[]): Foreign {
  return { verdict: 'refused', harmless, advice };
}

const ownBatches = leftOut('exporters batch by themselves (sending_queue.batch)');
const ownMemory = leftOut('memory is bounded by itself, and receivers wait while the queue is full');
const ownNames = leftOut('audit events name their namespace, pod and node themselves');
const ownResource = leftOut('write what identifies the cluster under "resource" of the receiver');
const byDetection = refused('write it as a detection or an allowlist of the "detection" processor');
const byReceiver = refused('write "resource" or "attributes" of the receiver');
const byHeaders = refused('write "headers" of the exporter, with ${env:NAME} for the secret');
const byHttp = refused('write "http", and have its documents posted there');
const byEncoding = refused(
  'write its name as "encoding" of "http", or of the operator "envelope" of "file_log"',
);
const unchanged = refused('records are shipped as the detection made them; change them in the backend');

/** Component types of the Collector, by kind and type (spec/collector.md §1.2, §5, §7). */
export const foreignComponents: Readonly<Record<ComponentKind, Table>> = {
  receiver: {
    k8s_events: refused('riskpipe reads audit logs; write "file_log"'),
    tcp_log: refused('write "file_log" or "otlp"'),
    udp_log: refused('write "file_log" or "otlp"'),
    awscloudwatch: refused(
      'have Firehose post to "http", or read fetched files by the operator "envelope" of "file_log"',
    ),
    awsfirehose: byHttp,
    azureeventhub: byHttp,
    googlecloudpubsub: byHttp,
    webhookevent: byHttp,
  },
  processor: {
    batch: ownBatches,
    queuebatch: ownBatches,
    memory_limiter: ownMemory,
    resourcedetection: ownResource,
    resource_detection: ownResource,
    k8sattributes: ownNames,
    k8s_attributes: ownNames,
    filter: byDetection,
    log_dedup: refused('write "window" and "suppress" in the detection'),
    logdedup: refused('write "window" and "suppress" in the detection'),
    resource: byReceiver,
    attributes: byReceiver,
    transform: unchanged,
    redaction: unchanged,
  },
  exporter: {
    logging: refused('write "debug"'),
  },
  extension: {
    healthcheckv2: refused('write "health_check"'),
    memory_ballast: ownMemory,
    memory_limiter: ownMemory,
    basicauth: byHeaders,
    bearertokenauth: byHeaders,
    headers_setter: byHeaders,
    oauth2client: byHeaders,
    aws_logs_encoding: byEncoding,
    azure_encoding: byEncoding,
    google_cloud_logentry_encoding: byEncoding,
    json_log_encoding: byEncoding,
  },
};

const retried = leftOut('nothing that was read is given up; it is tried until it is taken');
const inOrder = refused('records are delivered in order, one request at a time; write 1 or leave it out', 1);
const countsRecords = refused('"queue_size" counts records', 'items');
const logsOnly = leftOut('riskpipe handles logs only');
const connections = leftOut('one connection is kept open and is enough');
const bareNames = refused('names are written without suffixes, as the Collector does by itself', true);
const prometheus = 'telemetry.metrics.readers.pull.exporter.prometheus';
const otlpPush = 'telemetry.metrics.readers.periodic.exporter.otlp';
const files = refused('write "ca_file", "cert_file" or "key_file"');

const queue: Table = {
  'retry_on_failure.max_elapsed_time': retried,
  'sending_queue.num_consumers': inOrder,
  'sending_queue.sizer': countsRecords,
  'sending_queue.batch.sizer': countsRecords,
  'sending_queue.block_on_overflow': leftOut('receivers always wait while the queue is full'),
  'sending_queue.wait_for_result': leftOut('records are committed before a receiver moves on'),
  'sending_queue.batch.partition': leftOut('there is no client metadata to tell batches apart by'),
};

const tls: Table = {
  'tls.ca_pem': files,
  'tls.cert_pem': files,
  'tls.key_pem': files,
  'tls.include_system_ca_certs_pool': refused('put all authorities into "ca_file"', false),
  'tls.reload_interval': leftOut('certificates are read again as soon as their files change'),
  'tls.max_version': refused('only "min_version" can be set', '1.3', ''),
  'tls.cipher_suites': refused('only "min_version" can be set'),
  'tls.curve_preferences': refused('only "min_version" can be set'),
  'tls.tpm': files,
};

/** Options of the Collector, by owner and key; only those that the owner's schema does not have are looked up. */
export const foreignOptions: Readonly<Record<string, Table>> = {
  service: {
    'telemetry.metrics.views': leftOut('"level" says how much is told'),
    [`${prometheus}.without_scope_info`]: bareNames,
    [`${prometheus}.without_units`]: bareNames,
    [`${prometheus}.without_type_suffix`]: bareNames,
    [`${prometheus}.with_resource_constant_labels`]: leftOut('what runs is told by "target_info"'),
    [`${otlpPush}.headers`]: refused('send metrics to a Collector beside riskpipe, which adds them'),
    [`${otlpPush}.tls`]: refused('send metrics to a Collector beside riskpipe, which has the certificates'),
    [`${otlpPush}.compression`]: refused('metrics are sent with gzip', 'gzip'),
    [`${otlpPush}.timeout`]: refused('write "timeout" beside "interval"'),
    [`${otlpPush}.temporality_preference`]: refused('counters are cumulative', 'cumulative'),
    'telemetry.traces': leftOut('riskpipe does not trace itself'),
    'telemetry.resource': leftOut('riskpipe identifies itself'),
    'telemetry.logs.development': leftOut('there is no such mode'),
    'telemetry.logs.sampling': leftOut('repeated messages are limited by themselves'),
    'telemetry.logs.disable_caller': leftOut('messages do not name their caller'),
    'telemetry.logs.disable_stacktrace': leftOut('messages hold no stack trace'),
    'telemetry.logs.disable_zap_resource': leftOut('messages hold no resource'),
    'telemetry.logs.output_paths': leftOut('own logs go to standard error'),
    'telemetry.logs.error_output_paths': leftOut('own logs go to standard error'),
    'telemetry.logs.initial_fields': leftOut('own logs have no added fields'),
    'telemetry.logs.processors': leftOut('own logs go to standard error'),
  },
  'receiver/file_log': {
    'operators.add_metadata_from_filepath': ownNames,
    'operators.max_log_size': leftOut(
      '"max_log_size" of the receiver is for lines that are put together, too',
    ),
    'operators.parse_to': leftOut('a line keeps nothing of what it was wrapped in'),
    'operators.severity': leftOut('the score of a risk event says how severe it is'),
    'operators.parse_from': refused('the line itself is unwrapped', 'body'),
    'operators.on_error': refused('a line of another format is handed on as it is', 'send', 'send_quiet'),
    'operators.if': refused('every line is unwrapped; narrow "include" and "exclude"'),
    'operators.output': refused('no other operator comes behind "container"'),
    multiline: refused('a line is one audit event; write one JSON object a line'),
    header: refused('every line is an audit event; move the header to "resource" or "attributes"'),
    delete_after_read: refused('files are never deleted; let the API server rotate them', false),
    compression: refused('files are unpacked whose names end in ".gz"; name archives so', '', 'none', 'auto'),
    encoding: refused(
      'files are read as UTF-8; convert them first',
      'utf-8',
      'UTF-8',
      'utf8',
      'utf-8-raw',
      'nop',
    ),
    ordering_criteria: refused('every file is read; narrow "include" and "exclude"'),
    exclude_older_than: refused('every file is read; narrow "include" and "exclude"'),
    max_log_size_behavior: refused('a line over "max_log_size" is skipped, counted and reported'),
    include_file_name_resolved: refused('write "include_file_name"', false),
    include_file_path_resolved: refused('write "include_file_path"', false),
    include_file_owner_name: refused('write "attributes"', false),
    include_file_owner_group_name: refused('write "attributes"', false),
    include_file_permissions: refused('write "attributes"', false),
    include_file_record_number: refused('write "include_file_path"', false),
    include_file_record_offset: refused('write "include_file_path"', false),
    fingerprint_size: leftOut('files are told apart by inode and content'),
    max_concurrent_files: leftOut('files take turns, and few are open at once'),
    max_batches: leftOut('files take turns, and few are open at once'),
    initial_buffer_size: leftOut('buffers grow as needed, up to "max_log_size"'),
    force_flush_period: leftOut('an unfinished last line waits for its end'),
    preserve_leading_whitespaces: leftOut('spaces around JSON mean nothing'),
    preserve_trailing_whitespaces: leftOut('spaces around JSON mean nothing'),
    file_cache_advise: leftOut('the page cache is left to the kernel'),
    acquire_fs_lock: leftOut('the API server does not lock its log'),
    on_truncate: leftOut('a truncated file is read from its beginning'),
    polls_to_archive: leftOut('positions of files are kept in the store'),
    retry_on_failure: retried,
  },
  'receiver/otlp': {
    'protocols.http.traces_url_path': logsOnly,
    'protocols.http.metrics_url_path': logsOnly,
    'protocols.http.profiles_url_path': logsOnly,
    'protocols.http.include_metadata': leftOut('nothing here reads client metadata'),
    'protocols.http.cors': leftOut('no browser sends audit logs'),
    'protocols.grpc.transport': refused('only TCP is listened on', 'tcp'),
    'protocols.grpc.include_metadata': leftOut('nothing here reads client metadata'),
    'protocols.grpc.read_buffer_size': leftOut('buffers grow as needed, up to "max_recv_msg_size_mib"'),
    'protocols.grpc.write_buffer_size': leftOut('answers are small'),
    'protocols.grpc.middlewares': refused('put a Collector or proxy in front'),
  },
  'exporter/otlp_http': {
    ...queue,
    traces_endpoint: logsOnly,
    metrics_endpoint: logsOnly,
    profiles_endpoint: logsOnly,
    read_buffer_size: connections,
    write_buffer_size: connections,
    max_idle_conns: connections,
    max_idle_conns_per_host: connections,
    max_conns_per_host: connections,
    idle_conn_timeout: connections,
    disable_keep_alives: connections,
    force_attempt_http2: connections,
    http2_read_idle_timeout: connections,
    http2_ping_timeout: connections,
    compression_params: leftOut('the usual level of gzip is used'),
    auth: byHeaders,
    cookies: refused('cookies are not kept'),
    middlewares: refused('write "headers" of the exporter'),
    ...tls,
  },
  'exporter/otlp_grpc': {
    ...queue,
    read_buffer_size: connections,
    write_buffer_size: connections,
    keepalive: leftOut('a connection that has gone is noticed by the next call, within "timeout"'),
    wait_for_ready: leftOut('records wait in the queue until a call succeeds'),
    balancer_name: connections,
    compression_params: leftOut('the usual level of gzip is used'),
    auth: byHeaders,
    middlewares: refused('write "headers" of the exporter'),
    ...tls,
  },
  'exporter/debug': {
    ...queue,
    sampling_initial: leftOut('every record is printed'),
    sampling_thereafter: leftOut('every record is printed'),
    use_internal_logger: leftOut('records are printed to standard output'),
    output_paths: refused('records are printed to standard output; write "file" for a file'),
  },
  'exporter/file': {
    ...queue,
    format: refused('OTLP JSON is written, one request a line', 'json'),
    compression: refused('compress the file when it is complete', ''),
    encoding: refused('OTLP JSON is written, one request a line', ''),
    rotation: refused('rotate the file by logrotate or the like'),
    group_by: refused('define one exporter for each file'),
    flush_interval: leftOut('every delivery is on disk before it counts'),
  },
  'extension/health_check': {
    check_collector_pipeline: leftOut('health follows delivery and reading by itself'),
    use_v2: leftOut('there is one way to ask, over HTTP'),
    http: refused('write "endpoint" and "path"'),
    grpc: refused('write "endpoint" and "path"'),
    component_health: leftOut('it is unhealthy while a component says that it cannot do its work'),
  },
  'extension/pprof': {
    endpoint: leftOut('profiles are written to "directory" at SIGUSR2, and shown on no port'),
    dialer: leftOut('profiles are shown on no port'),
    save_to_file: refused('write "directory"'),
    block_profile_fraction: leftOut('a process of one thread has no such profile'),
    mutex_profile_fraction: leftOut('a process of one thread has no such profile'),
  },
  'extension/zpages': {
    expvar: leftOut('there is no such page'),
  },
  'extension/file_storage': {
    timeout: leftOut('a store in use by another process is refused at once'),
    fsync: leftOut('every commit is durable'),
    compaction: leftOut('the store compacts itself'),
    recreate: refused('a damaged store is never emptied silently; move its directory away', false),
    directory_permissions: leftOut('the directory is made for its owner only'),
  },
};
