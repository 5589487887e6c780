using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// The same statements on Microsoft.Data.Sqlite alone: one connection for each client that stays open, commands that are
/// prepared once, the same transactions, and one writer at a time.
/// </summary>
internal sealed partial class BareSqlite(string connectionString, StepUpRecording recording) : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly SemaphoreSlim _chainer = new(1, 1);
    private readonly Dictionary<int, Client> _clients = [];

    public void Open(int clients)
    {
        for (var client = 0; client < clients; client++)
        {
            _clients[client] = new Client(connectionString, recording, _writer, _chainer);
        }
    }

    public Task RunAsync(int client, int from, int count) => Task.Run(() =>
    {
        for (var index = from; index < from + count; index++)
        {
            _clients[client].Run(new StepUpNumber(client, index));
        }
    });

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        _writer.Dispose();
        _chainer.Dispose();
    }

    [GeneratedRegex("@[a-z_0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    private sealed class Client : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _begin;
        private readonly SqliteCommand _commit;
        private readonly (ReplayedOperation Operation, Command[] Commands)[] _stepUp;
        private readonly (ReplayedOperation Operation, Command[] Commands)[] _chain;
        private readonly SemaphoreSlim _writer;
        private readonly SemaphoreSlim _chainer;
        private readonly int _entries;
        private readonly Replay _replay = new();

        public Client(string connectionString, StepUpRecording recording, SemaphoreSlim writer, SemaphoreSlim chainer)
        {
            _writer = writer;
            _chainer = chainer;
            _entries = recording.Entries;
            _connection = new SqliteConnection(connectionString);
            _connection.Open();
            using (var command = _connection.CreateCommand())
            {
                command.CommandText = "PRAGMA busy_timeout = 10000";
                command.ExecuteNonQuery();
            }

            _begin = Simple("BEGIN IMMEDIATE");
            _commit = Simple("COMMIT");
            _stepUp = [.. recording.StepUp.Select(Prepare)];
            _chain = [.. recording.Chain.Select(Prepare)];
        }

        public void Run(StepUpNumber number)
        {
            _replay.Number = number;
            _replay.Ticks = DateTimeOffset.UtcNow.UtcTicks;
            foreach (var (operation, commands) in _stepUp)
            {
                Run(operation, commands);
            }

            if (number.EndsBatch)
            {
                _chainer.Wait();
                foreach (var (operation, commands) in _chain)
                {
                    Run(operation, commands);
                }

                _chainer.Release();
            }
        }

        public void Dispose() => _connection.Dispose();

        private void Run(ReplayedOperation operation, Command[] commands)
        {
            if (operation.IsWrite)
            {
                _writer.Wait();
            }

            if (operation.IsTransaction)
            {
                _begin.ExecuteNonQuery();
            }

            foreach (var command in commands)
            {
                command.Run(_replay, _entries);
            }

            if (operation.IsTransaction)
            {
                _commit.ExecuteNonQuery();
            }

            if (operation.IsWrite)
            {
                _writer.Release();
            }
        }

        private (ReplayedOperation Operation, Command[] Commands) Prepare(ReplayedOperation operation) =>
            (operation, [.. operation.Statements.Select(statement => new Command(_connection, statement))]);

        private SqliteCommand Simple(string text)
        {
            var command = _connection.CreateCommand();
            command.CommandText = text;
            command.Prepare();
            return command;
        }
    }

    private sealed class Command
    {
        private readonly ReplayedStatement _statement;
        private readonly SqliteCommand _command;
        private readonly (SqliteParameter Parameter, ReplayedValue Value)[] _values;

        public Command(SqliteConnection connection, ReplayedStatement statement)
        {
            _statement = statement;
            _command = connection.CreateCommand();
            _command.CommandText = statement.Text;
            _values = [.. Parameter().Matches(statement.Text).Select(match => match.Value).Distinct(StringComparer.Ordinal).Select(name => Add(statement.Values[name]))];
            _command.Prepare();
        }

        public void Run(Replay replay, int entries)
        {
            foreach (var (parameter, value) in _values)
            {
                parameter.Value = value.Of(replay) ?? DBNull.Value;
            }

            using var reader = _command.ExecuteReader();
            List<long> waiting = [];
            while (reader.Read())
            {
                if (_statement.IsHead)
                {
                    replay.Sequence = reader.GetInt64(0);
                }
                else if (_statement.IsWaiting)
                {
                    waiting.Add(reader.GetInt64(0));
                }
            }

            if (waiting.Count >= entries)
            {
                replay.Drafts = $"[{string.Join(',', waiting.Take(entries).Select(id => id.ToString(CultureInfo.InvariantCulture)))}]";
            }
        }

        private (SqliteParameter Parameter, ReplayedValue Value) Add(ReplayedValue value)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = value.Recorded.Name;
            parameter.DbType = value.Recorded.Type;
            _command.Parameters.Add(parameter);
            return (parameter, value);
        }
    }
}
