//! The modules of the library and their members.

use super::LibraryModule;

/// Every module that can be imported.
pub const MODULES: &[LibraryModule] = &[
    LibraryModule {
        name: "threading",
        now: "\
            Barrier BoundedSemaphore BrokenBarrierError Condition Event Lock RLock Semaphore TIMEOUT_MAX Thread \
            ThreadError Timer activeCount active_count currentThread current_thread enumerate excepthook get_ident \
            get_native_id local main_thread",
        later: "\
            ExceptHookArgs getprofile gettrace setprofile setprofile_all_threads settrace settrace_all_threads \
            stack_size",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "queue",
        now: "Empty Full LifoQueue PriorityQueue Queue ShutDown SimpleQueue",
        later: "",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "Queue",
        now: "Empty Full LifoQueue PriorityQueue Queue ShutDown SimpleQueue",
        later: "",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "time",
        now: "\
            asctime ctime daylight gmtime localtime mktime monotonic monotonic_ns perf_counter perf_counter_ns \
            process_time sleep strftime thread_time time time_ns timezone",
        later: "\
            CLOCK_BOOTTIME CLOCK_MONOTONIC CLOCK_MONOTONIC_RAW CLOCK_PROCESS_CPUTIME_ID CLOCK_REALTIME CLOCK_TAI \
            CLOCK_THREAD_CPUTIME_ID altzone clock_getres clock_gettime clock_gettime_ns clock_settime \
            clock_settime_ns get_clock_info process_time_ns pthread_getcpuclockid strptime struct_time thread_time_ns \
            tzname tzset",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "random",
        now: "\
            choice getrandbits randint random randrange sample seed shuffle uniform",
        later: "\
            Random SystemRandom betavariate choices expovariate gammavariate gauss getstate lognormvariate \
            normalvariate paretovariate randbytes setstate triangular vonmisesvariate weibullvariate",
        open: false,
        reason: None,
    },
    LibraryModule { name: "concurrent", now: "", later: "", open: false, reason: None },
    LibraryModule {
        name: "concurrent.futures",
        now: "",
        later: "\
            ALL_COMPLETED BrokenExecutor CancelledError Executor FIRST_COMPLETED FIRST_EXCEPTION Future \
            InvalidStateError ProcessPoolExecutor ThreadPoolExecutor TimeoutError as_completed wait",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "multiprocessing",
        now: "",
        later: "\
            Array AuthenticationError Barrier BoundedSemaphore BufferTooShort Condition Event JoinableQueue Lock \
            Manager Pipe Pool Process ProcessError Queue RLock RawArray RawValue Semaphore SimpleQueue TimeoutError \
            Value active_children allow_connection_pickling cpu_count current_process freeze_support \
            get_all_start_methods get_context get_logger get_start_method log_to_stderr parent_process process \
            reducer set_executable set_forkserver_preload set_start_method",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "asyncio",
        now: "",
        later: "\
            ALL_COMPLETED AbstractChildWatcher AbstractEventLoop AbstractEventLoopPolicy AbstractServer Barrier \
            BaseEventLoop BaseProtocol BaseTransport BoundedSemaphore BrokenBarrierError BufferedProtocol \
            CancelledError Condition DatagramProtocol DatagramTransport DefaultEventLoopPolicy Event FIRST_COMPLETED \
            FIRST_EXCEPTION FastChildWatcher Future Handle IncompleteReadError InvalidStateError LifoQueue \
            LimitOverrunError Lock MultiLoopChildWatcher PidfdChildWatcher PriorityQueue Protocol Queue QueueEmpty \
            QueueFull QueueShutDown ReadTransport Runner SafeChildWatcher SelectorEventLoop Semaphore \
            SendfileNotAvailableError Server StreamReader StreamReaderProtocol StreamWriter SubprocessProtocol \
            SubprocessTransport Task TaskGroup ThreadedChildWatcher Timeout TimeoutError TimerHandle Transport \
            WriteTransport all_tasks as_completed async_timeout coroutine create_subprocess_exec \
            create_subprocess_shell create_task current_task ensure_future gather get_child_watcher get_event_loop \
            get_event_loop_policy get_running_loop iscoroutine iscoroutinefunction isfuture new_event_loop \
            open_connection open_unix_connection run run_coroutine_threadsafe set_child_watcher set_event_loop \
            set_event_loop_policy shield sleep start_server start_unix_server timeout timeout_at to_thread wait \
            wait_for wrap_future",
        open: true,
        reason: None,
    },
    LibraryModule {
        name: "greenlet",
        now: "",
        later: "GreenletExit error getcurrent gettrace greenlet settrace",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "gevent",
        now: "",
        later: "\
            Greenlet GreenletExit Timeout get_hub getcurrent idle iwait join joinall kill killall sleep spawn \
            spawn_later spawn_raw wait",
        open: true,
        reason: None,
    },
    LibraryModule {
        name: "gevent.monkey",
        now: "",
        later: "patch_all patch_select patch_socket patch_ssl patch_thread patch_time",
        open: true,
        reason: None,
    },
    LibraryModule { name: "sched", now: "", later: "scheduler", open: false, reason: None },
    LibraryModule {
        name: "collections",
        now: "\
            Counter OrderedDict defaultdict deque",
        later: "\
            ChainMap UserDict UserList UserString namedtuple",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "itertools",
        now: "\
            accumulate chain combinations compress count cycle dropwhile filterfalse groupby islice pairwise \
            permutations product repeat starmap takewhile tee zip_longest",
        later: "\
            batched combinations_with_replacement",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "functools",
        now: "\
            cache cmp_to_key lru_cache partial reduce update_wrapper wraps",
        later: "\
            WRAPPER_ASSIGNMENTS WRAPPER_UPDATES cached_property partialmethod singledispatch singledispatchmethod \
            total_ordering",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "math",
        now: "\
            acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees dist e exp exp2 \
            expm1 fabs factorial floor fmod frexp fsum gcd hypot inf isclose isfinite isinf isnan isqrt lcm \
            ldexp log log10 log1p log2 modf nan nextafter perm pi pow prod radians remainder sin sinh sqrt \
            tan tanh tau trunc ulp",
        later: "erf erfc gamma lgamma sumprod",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "os",
        now: "\
            cpu_count getpid getppid path",
        later: "",
        open: true,
        reason: None,
    },
    LibraryModule {
        name: "os.path",
        now: "\
            basename join",
        later: "\
            abspath altsep commonpath commonprefix curdir defpath devnull dirname exists expanduser expandvars extsep \
            getatime getctime getmtime getsize isabs isdir isfile islink ismount lexists normcase normpath pardir \
            pathsep realpath relpath samefile sameopenfile samestat sep split splitdrive splitext \
            supports_unicode_filenames",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "sys",
        now: "\
            argv byteorder exit getrecursionlimit getrefcount getsizeof getswitchinterval maxsize maxunicode platform \
            setrecursionlimit setswitchinterval stderr stdout version version_info",
        later: "\
            abiflags addaudithook api_version audit base_exec_prefix base_prefix breakpointhook builtin_module_names \
            call_tracing copyright displayhook dont_write_bytecode exc_info excepthook exception exec_prefix \
            executable flags float_info float_repr_style get_asyncgen_hooks get_coroutine_origin_tracking_depth \
            get_int_max_str_digits getallocatedblocks getdefaultencoding getdlopenflags getfilesystemencodeerrors \
            getfilesystemencoding getprofile gettrace hash_info hexversion implementation int_info intern \
            is_finalizing meta_path modules orig_argv path path_hooks path_importer_cache platlibdir prefix \
            pycache_prefix set_asyncgen_hooks set_coroutine_origin_tracking_depth set_int_max_str_digits \
            setdlopenflags setprofile settrace stdin stdlib_module_names thread_info unraisablehook warnoptions",
        open: true,
        reason: None,
    },
    LibraryModule {
        name: "logging",
        now: "",
        later: "\
            BASIC_FORMAT BufferingFormatter CRITICAL DEBUG ERROR FATAL FileHandler Filter Formatter Handler INFO \
            LogRecord Logger LoggerAdapter NOTSET NullHandler StreamHandler WARN WARNING addLevelName basicConfig \
            captureWarnings critical debug disable error exception fatal getLevelName getLevelNamesMapping \
            getLogRecordFactory getLogger getLoggerClass info lastResort log makeLogRecord raiseExceptions \
            setLogRecordFactory setLoggerClass shutdown warn warning",
        open: true,
        reason: None,
    },
    LibraryModule {
        name: "datetime",
        now: "",
        later: "MAXYEAR MINYEAR UTC date datetime time timedelta timezone tzinfo",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "string",
        now: "\
            ascii_letters ascii_lowercase ascii_uppercase capwords digits hexdigits octdigits printable punctuation \
            whitespace",
        later: "\
            Formatter Template",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "contextlib",
        now: "",
        later: "\
            AbstractAsyncContextManager AbstractContextManager AsyncExitStack ContextDecorator ExitStack aclosing \
            asynccontextmanager chdir closing contextmanager nullcontext redirect_stderr redirect_stdout suppress",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "dataclasses",
        now: "",
        later: "\
            Field FrozenInstanceError InitVar KW_ONLY MISSING asdict astuple dataclass field fields is_dataclass \
            make_dataclass replace",
        open: false,
        reason: None,
    },
    LibraryModule {
        name: "typing",
        now: "\
            Any Callable ClassVar Dict Final FrozenSet Generator Iterable Iterator List Literal Mapping NewType \
            NoReturn Optional Sequence Set TYPE_CHECKING Text Tuple Type TypeVar Union cast final",
        later: "\
            AbstractSet Annotated AnyStr AsyncContextManager AsyncGenerator AsyncIterable AsyncIterator Awaitable \
            BinaryIO ByteString ChainMap Collection Concatenate Container ContextManager Coroutine Counter \
            DefaultDict Deque ForwardRef Generic Hashable IO ItemsView KeysView LiteralString MappingView Match \
            MutableMapping MutableSequence MutableSet NamedTuple Never NotRequired OrderedDict ParamSpec \
            ParamSpecArgs ParamSpecKwargs Pattern Protocol Required Reversible Self Sized SupportsAbs SupportsBytes \
            SupportsComplex SupportsFloat SupportsIndex SupportsInt SupportsRound TextIO TypeAlias TypeGuard \
            TypeVarTuple TypedDict Unpack ValuesView assert_never assert_type clear_overloads dataclass_transform \
            get_args get_origin get_overloads get_type_hints is_typeddict no_type_check no_type_check_decorator \
            overload override reveal_type runtime_checkable",
        open: true,
        reason: None,
    },
    LibraryModule {
        name: "signal",
        now: "",
        later: "\
            SIGALRM SIGHUP SIGINT SIGTERM SIGUSR1 SIGUSR2 SIG_DFL SIG_IGN alarm getsignal pause raise_signal \
            setitimer signal",
        open: true,
        reason: Some("diag-why-signals"),
    },
    LibraryModule {
        name: "subprocess",
        now: "",
        later: "\
            CalledProcessError CompletedProcess DEVNULL PIPE Popen STDOUT SubprocessError TimeoutExpired call \
            check_call check_output getoutput getstatusoutput run",
        open: false,
        reason: Some("diag-why-processes"),
    },
    LibraryModule {
        name: "socket",
        now: "",
        later: "\
            AF_INET AF_INET6 AF_UNIX SOCK_DGRAM SOCK_STREAM SOL_SOCKET SO_REUSEADDR create_connection create_server \
            error gethostbyname gethostname setdefaulttimeout socket socketpair timeout",
        open: true,
        reason: None,
    },
    LibraryModule { name: "urllib", now: "", later: "", open: false, reason: None },
    LibraryModule {
        name: "urllib.request",
        now: "",
        later: "HTTPError Request URLError build_opener install_opener urlopen urlretrieve",
        open: true,
        reason: None,
    },
    LibraryModule {
        name: "requests",
        now: "",
        later: "\
            Request Response Session adapters codes delete exceptions get head options patch post put request \
            session",
        open: true,
        reason: None,
    },
];

/// Modules of CPython that do not exist here, and what to use instead.
pub(super) const INSTEAD: &[(&str, Instead)] = &[
    ("_thread", Instead::Code("threading")),
    ("abc", Instead::Words("diag-instead-abc")),
    ("copy", Instead::Words("diag-instead-copy")),
    ("enum", Instead::Words("diag-instead-enum")),
    ("gc", Instead::Words("diag-instead-gc")),
    ("heapq", Instead::Code("queue.PriorityQueue")),
    ("json", Instead::Words("diag-instead-repr")),
    ("operator", Instead::Words("diag-instead-operator")),
    ("pickle", Instead::Words("diag-instead-repr")),
    ("re", Instead::Words("diag-instead-re")),
    ("thread", Instead::Code("threading")),
    ("timeit", Instead::Code("time.perf_counter()")),
    ("traceback", Instead::Code("print(repr(e))")),
    ("weakref", Instead::Words("diag-instead-weakref")),
];

/// What to use instead of a module.
#[derive(Clone, Copy)]
pub(super) enum Instead {
    /// What is to be written.
    Code(&'static str),
    /// The key of a description.
    Words(&'static str),
}
