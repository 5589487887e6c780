using System.Buffers;
using System.Runtime.InteropServices;

namespace BiometricTwoFactor;

/// <summary>
/// Puts an object's members into the canonical order: by code point of the decoded name, which is the order of its
/// UTF-8 bytes (and not that of UTF-16 units). Two equal names lie side by side then, and are refused.
/// </summary>
internal static class MemberOrder
{
    /// <summary>Up to here insertion sort; above, introsort, so that no hostile order makes it quadratic.</summary>
    private const int FewMembers = 24;

    public static int CompareNames(byte[] bytes, in JsonNode left, in JsonNode right) =>
        bytes.AsSpan(left.NameStart, left.NameLength).SequenceCompareTo(bytes.AsSpan(right.NameStart, right.NameLength));

    /// <summary>Links the members of an object in canonical order; false when two have the same name.</summary>
    public static bool TryArrange(byte[] bytes, JsonNode[] nodes, int index)
    {
        var count = nodes[index].Length;
        var rented = ArrayPool<int>.Shared.Rent(count);
        var members = rented.AsSpan(0, count);
        for (int i = 0, child = index + 1; i < count; i++, child = nodes[child].End)
        {
            members[i] = child;
        }

        var comparer = new NameComparer(bytes, nodes);
        if (count <= FewMembers)
        {
            InsertionSort(members, comparer);
        }
        else
        {
            members.Sort(comparer);
        }

        var distinct = Link(bytes, nodes, index, members);
        ArrayPool<int>.Shared.Return(rented);
        return distinct;
    }

    private static bool Link(byte[] bytes, JsonNode[] nodes, int index, ReadOnlySpan<int> members)
    {
        nodes[index].Start = members[0];
        for (var i = 1; i < members.Length; i++)
        {
            if (CompareNames(bytes, in nodes[members[i - 1]], in nodes[members[i]]) == 0)
            {
                return false;
            }

            nodes[members[i - 1]].NextMember = members[i];
        }

        nodes[members[^1]].NextMember = -1;
        return true;
    }

    private static void InsertionSort(Span<int> members, NameComparer comparer)
    {
        for (var i = 1; i < members.Length; i++)
        {
            var moving = members[i];
            var at = i;
            for (; at > 0 && comparer.Compare(moving, members[at - 1]) < 0; at--)
            {
                members[at] = members[at - 1];
            }

            members[at] = moving;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly struct NameComparer(byte[] bytes, JsonNode[] nodes) : IComparer<int>
    {
        public int Compare(int x, int y) => CompareNames(bytes, in nodes[x], in nodes[y]);
    }
}
