using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The short codes that carry a session to another device: one for each session, used once, for ten minutes. Wrong
/// guesses are counted for all together, since nobody is known before a code is right.
/// </summary>
internal sealed class HandoffCodes(TimeProvider clock)
{
    /// <summary>No letters or digits that look like others.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const int Length = 8;
    private const int MostCodes = 1000;
    private const int MostGuesses = 20;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan GuessWindow = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly List<Issued> _codes = [];
    private readonly Queue<DateTimeOffset> _guesses = new();

    /// <summary>The session's code as people read it, such as <c>7KMP-2QXD</c>: the one it has, or a new one.</summary>
    public string For(string sessionId)
    {
        lock (_gate)
        {
            DropOld();
            var issued = _codes.Find(code => code.SessionId == sessionId);
            if (issued is null)
            {
                if (_codes.Count == MostCodes)
                {
                    _codes.RemoveAt(0);
                }

                issued = new Issued(RandomNumberGenerator.GetString(Alphabet, Length), sessionId, clock.GetUtcNow() + Life);
                _codes.Add(issued);
            }

            return $"{issued.Code[..(Length / 2)]}-{issued.Code[(Length / 2)..]}";
        }
    }

    /// <summary>Uses a code up, written with or without spaces and hyphens, in any case.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="isLimited">Too many were wrong lately: this one was not even looked at.</param>
    /// <returns>The session; null when the code is wrong, used or too old.</returns>
    public string? Redeem(string typed, out bool isLimited)
    {
        var guess = Encoding.UTF8.GetBytes(string.Concat(typed.Where(c => c is not ('-' or ' '))).ToUpperInvariant());
        lock (_gate)
        {
            DropOld();
            isLimited = _guesses.Count >= MostGuesses;
            if (isLimited)
            {
                return null;
            }

            Issued? found = null;
            foreach (var issued in _codes)
            {
                // To the end, whichever it is: the time must not tell.
                if (CryptographicOperations.FixedTimeEquals(guess, Encoding.UTF8.GetBytes(issued.Code)))
                {
                    found = issued;
                }
            }

            if (found is null)
            {
                _guesses.Enqueue(clock.GetUtcNow());
                return null;
            }

            _codes.Remove(found);
            return found.SessionId;
        }
    }

    private void DropOld()
    {
        var now = clock.GetUtcNow();
        _codes.RemoveAll(code => code.ExpiresAt <= now);
        while (_guesses.TryPeek(out var guessed) && guessed + GuessWindow <= now)
        {
            _guesses.Dequeue();
        }
    }

    private sealed record Issued(string Code, string SessionId, DateTimeOffset ExpiresAt);
}
